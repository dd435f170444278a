package org.ampay.station.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.ampay.station.files.FileLinks.Direction;
import org.junit.jupiter.api.Test;

class FileLinksTest {

  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  private final FileLinks links = new FileLinks(new byte[32], () -> URI.create("https://csms"));

  private static String token(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  @Test
  void link_opensItsFile_untilItEnds_andForItsDirectionOnly() {
    String url = links.url(Direction.UP, 42, NOW);
    assertThat(url).startsWith("https://csms/station-files/up/");
    assertThat(links.open(Direction.UP, token(url), NOW)).contains(42L);
    assertThat(links.open(Direction.UP, token(url), NOW.plusSeconds(1))).isEmpty();
    assertThat(links.open(Direction.DOWN, token(url), NOW)).isEmpty();
  }

  @Test
  void everyChangedCharacter_opensNothing() {
    String token = token(links.url(Direction.DOWN, 42, NOW));
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(links.open(Direction.DOWN, changed, NOW)).as(changed).isEmpty();
    }
    for (String odd : new String[] {"", "A", "%", token + "AAAA"}) {
      assertThat(links.open(Direction.DOWN, odd, NOW)).isEmpty();
    }
  }

  @Test
  void linkOfAnotherKey_opensNothing() {
    byte[] key = new byte[32];
    key[0] = 1;
    String url = new FileLinks(key, () -> URI.create("https://csms")).url(Direction.UP, 42, NOW);
    assertThat(links.open(Direction.UP, token(url), NOW)).isEmpty();
    assertThat(links.fileOf(url)).isEmpty();
  }

  @Test
  void location_tellsItsFile_alsoAsADirectoryAndAfterItsEnd() {
    assertThat(links.fileOf(links.url(Direction.UP, 42, NOW) + "/")).contains(42L);
    assertThat(links.fileOf(links.url(Direction.DOWN, 7, Instant.EPOCH))).contains(7L);
    assertThat(links.fileOf("ftp://elsewhere/station-files/up/x")).isEmpty();
  }
}
