package org.ampay.station;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.ampay.conformance.Proves;
import org.junit.jupiter.api.Test;

class StationPasswordsTest {

  private final StationPasswords passwords = new StationPasswords(new byte[32]);

  @Test
  void thePasswordOfTheStation_matches_andNoOther() {
    byte[] stored = passwords.hash(7, "correct horse battery");
    assertThat(passwords.matches(7, "correct horse battery".getBytes(UTF_8), stored)).isTrue();
    assertThat(passwords.matches(7, "correct horse batterz".getBytes(UTF_8), stored)).isFalse();
    assertThat(passwords.matches(7, new byte[0], stored)).isFalse();
  }

  @Test
  @Proves("A01.FR.08")
  void theSamePasswordOfAnotherStation_hasAnotherHash() {
    assertThat(passwords.hash(7, "secret")).isNotEqualTo(passwords.hash(8, "secret"));
  }

  @Test
  void anAuthorizationKey_matchesAsHexTextAndAsTheBytesItStandsFor() {
    String hex = "00FF41aa00ff41aa00ff41aa00ff41aa".toUpperCase(java.util.Locale.ROOT);
    byte[] stored = passwords.hash(7, hex);
    assertThat(passwords.matches(7, hex.getBytes(UTF_8), stored)).isTrue();
    assertThat(passwords.matches(7, HexFormat.of().parseHex(hex), stored)).isTrue();
  }

  @Test
  @Proves({"A00.FR.205", "A00.FR.304", "A01.FR.07"})
  void generatedPasswords_fitOcppAndDiffer() {
    Random random = new Random(1);
    String first = StationPasswords.generate(random);
    assertThat(first).hasSizeBetween(16, 40).matches("[A-Za-z0-9]+");
    assertThat(StationPasswords.generate(random)).isNotEqualTo(first);
  }

  @Test
  void aShortKey_isRefused() {
    assertThatThrownBy(() -> new StationPasswords(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
