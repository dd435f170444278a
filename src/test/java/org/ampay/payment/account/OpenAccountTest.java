package org.ampay.payment.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.base.TestTime;
import org.ampay.payment.provider.SettingException;
import org.junit.jupiter.api.Test;

class OpenAccountTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final PaymentAccount ACCOUNT =
      new PaymentAccount(7, 1, "stripe", "cards", "Cards", Map.of(), Set.of(), true, 1, NOW, NOW);

  private final TestTime time = new TestTime(NOW);
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void whatFailedByAFaultOfOurs_isTriedAgainButNotAtOnce() {
    OpenAccount account =
        new OpenAccount(
            ACCOUNT,
            () -> {
              attempts.incrementAndGet();
              throw new IllegalStateException("not yet");
            },
            time);
    assertThat(account.provider()).isEmpty();
    assertThat(account.trouble()).contains("cannot be opened");
    assertThat(attempts).hasValue(1);
    time.advance(Duration.ofSeconds(10));
    assertThat(account.provider()).isEmpty();
    assertThat(attempts).hasValue(2);
  }

  @Test
  void settingsThatAreRefused_areNotTriedUntilTheyChange() {
    OpenAccount account =
        new OpenAccount(
            ACCOUNT,
            () -> {
              attempts.incrementAndGet();
              throw new SettingException("key", "is not a key");
            },
            time);
    assertThat(account.provider()).isEmpty();
    time.advance(Duration.ofDays(1));
    assertThat(account.provider()).isEmpty();
    assertThat(account.trouble().orElseThrow()).contains("is not a key");
    assertThat(attempts).hasValue(1);
  }
}
