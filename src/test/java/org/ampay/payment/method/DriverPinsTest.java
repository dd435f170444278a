package org.ampay.payment.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.ampay.access.Driver;
import org.ampay.access.Token;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditLog;
import org.ampay.base.CountingIds;
import org.ampay.base.PasswordHasher;
import org.ampay.base.TestTime;
import org.ampay.payment.method.DriverPins.PinCheck;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.tariff.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PINs on a real database: a hash, and a lock after wrong tries. */
class DriverPinsTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String BY = "user:a@b";
  private static final String CARD = "CARD0001";

  private final TestTime time = TestTime.monday();
  private final CountingIds ids = new CountingIds();
  private final AuditLog audit = new AuditLog(DATABASE.database(), time);
  private final Tokens tokens = new Tokens(DATABASE.database(), ids, time, Runnable::run);
  private final DriverPins pins =
      new DriverPins(
          DATABASE.database(), tokens, new PasswordHasher(new SecureRandom()), audit, time);
  private long driver;

  @BeforeEach
  void driverWithACard() {
    DATABASE.dsl().deleteFrom(Tables.DRIVER_PIN).execute();
    DATABASE.dsl().deleteFrom(Tables.ID_TOKEN).execute();
    DATABASE.dsl().deleteFrom(Tables.DRIVER).execute();
    driver = tokens.create(new Driver(0, 1, "Wang", null, null, null, null)).id();
    tokens.create(card(false));
    assertThat(pins.set(1, driver, "2468", BY)).isTrue();
  }

  private Token card(boolean blocked) {
    return new Token(0, 1, CARD, "ISO14443", null, driver, null, null, blocked, 1, List.of());
  }

  private void wrong(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(pins.check(1, CARD, "0000")).isEqualTo(new PinCheck.Wrong());
    }
  }

  @Test
  void rightPin_tellsTheDriver() {
    assertThat(pins.check(1, CARD, "2468")).isEqualTo(new PinCheck.Right(driver));
    assertThat(pins.check(1, "card0001", "2468")).isEqualTo(new PinCheck.Right(driver));
  }

  @Test
  void onlyAHash_isKept() {
    String hash = DATABASE.dsl().selectFrom(Tables.DRIVER_PIN).fetchOne(Tables.DRIVER_PIN.HASH);
    assertThat(hash).startsWith("$argon2id$").doesNotContain("2468");
    assertThat(audit.list(1, Long.MAX_VALUE, 1).getFirst().detail()).doesNotContain("2468");
  }

  @Test
  void unknownCardOtherOperatorNoPinBlocked_areWrong() {
    assertThat(pins.check(1, "NOBODY", "2468")).isEqualTo(new PinCheck.Wrong());
    assertThat(pins.check(2, CARD, "2468")).isEqualTo(new PinCheck.Wrong());
    tokens.update(card(true));
    assertThat(pins.check(1, CARD, "2468")).isEqualTo(new PinCheck.Wrong());
    tokens.update(card(false));
    assertThat(pins.remove(1, driver, BY)).isTrue();
    assertThat(pins.check(1, CARD, "2468")).isEqualTo(new PinCheck.Wrong());
  }

  @Test
  void fiveWrongTries_lockForAQuarterOfAnHour() {
    wrong(5);
    assertThat(pins.check(1, CARD, "2468"))
        .isEqualTo(new PinCheck.Locked(time.now().plus(DriverPins.LOCKED)));
    time.advance(DriverPins.LOCKED.minusSeconds(1));
    assertThat(pins.check(1, CARD, "2468")).isInstanceOf(PinCheck.Locked.class);
    time.advance(Duration.ofSeconds(1));
    assertThat(pins.check(1, CARD, "2468")).isEqualTo(new PinCheck.Right(driver));
  }

  @Test
  void rightPin_forgetsTheWrongTries() {
    wrong(4);
    assertThat(pins.check(1, CARD, "2468")).isInstanceOf(PinCheck.Right.class);
    wrong(4);
    assertThat(pins.check(1, CARD, "2468")).isInstanceOf(PinCheck.Right.class);
  }

  @Test
  void manyAtOnce_areNoMoreTries() throws Exception {
    Callable<PinCheck> guess = () -> pins.check(1, CARD, "0000");
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PinCheck>> checks =
          many.invokeAll(Stream.generate(() -> guess).limit(12).toList());
      int looked = 0;
      for (Future<PinCheck> check : checks) {
        looked += check.get() instanceof PinCheck.Wrong ? 1 : 0;
      }
      assertThat(looked).isEqualTo(DriverPins.MOST_WRONG);
    }
    assertThat(pins.check(1, CARD, "2468")).isInstanceOf(PinCheck.Locked.class);
  }

  @Test
  void newPin_endsTheLock() {
    wrong(5);
    pins.set(1, driver, "1357", BY);
    assertThat(pins.check(1, CARD, "1357")).isEqualTo(new PinCheck.Right(driver));
  }

  @Test
  void weakPins_areRefused() {
    for (String pin : List.of("", "123", "1111", "12a4", "1234567890123")) {
      assertThatThrownBy(() -> pins.set(1, driver, pin, BY))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThat(pins.set(2, driver, "2468", BY)).as("of another operator").isFalse();
  }
}
