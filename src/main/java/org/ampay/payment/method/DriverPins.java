package org.ampay.payment.method;

import java.time.Duration;
import java.time.Instant;
import org.ampay.access.Token;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.PasswordHasher;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;
import org.ampay.tariff.InvalidInputException;

/**
 * PINs by which drivers prove on a page that a card is theirs. Only an Argon2id hash is kept; after
 * five wrong tries in a row the PIN is locked for a quarter of an hour. A try is counted before the
 * PIN is looked at, so that many at once are no way round.
 */
public final class DriverPins {

  static final int MOST_WRONG = 5;
  static final Duration LOCKED = Duration.ofMinutes(15);

  /** What came of a check. */
  public sealed interface PinCheck {

    /** The card is this driver's. */
    record Right(long driverId) implements PinCheck {}

    /** The PIN is not the card's, the card is not known or blocked, or no PIN is set. */
    record Wrong() implements PinCheck {}

    /** Too many wrong tries. */
    record Locked(Instant until) implements PinCheck {}
  }

  private final Database database;
  private final MethodStore store;
  private final Tokens tokens;
  private final PasswordHasher hasher;
  private final AuditLog audit;
  private final TimeSource time;
  private final String nobodys;

  public DriverPins(
      Database database, Tokens tokens, PasswordHasher hasher, AuditLog audit, TimeSource time) {
    this.database = database;
    this.store = new MethodStore(database);
    this.tokens = tokens;
    this.hasher = hasher;
    this.audit = audit;
    this.time = time;
    this.nobodys = hasher.hash("nobody's");
  }

  /**
   * Who a card belongs to, by its PIN. Blocks for some ten milliseconds; takes as long for a card
   * that nobody knows.
   *
   * @throws PasswordHasher.BusyException when too many are checked at a time
   */
  public PinCheck check(long operatorId, String card, String pin) {
    Instant now = time.now();
    Long driver =
        tokens
            .read(operatorId, card)
            .filter(token -> isGood(token, now))
            .map(Token::driverId)
            .orElse(null);
    Try counted = driver == null ? new Try.Nobody() : count(operatorId, driver, now);
    return switch (counted) {
      case Try.Locked(Instant until) -> new PinCheck.Locked(until);
      case Try.Nobody _ -> {
        hasher.matches(pin, nobodys);
        yield new PinCheck.Wrong();
      }
      case Try.Open(long driverId, String hash) -> {
        boolean right = hasher.matches(pin, hash);
        if (right) {
          database.transactor().run(tx -> store.tried(tx, driverId, 0, null));
        }
        yield right ? new PinCheck.Right(driverId) : new PinCheck.Wrong();
      }
    };
  }

  private static boolean isGood(Token token, Instant now) {
    Instant end = token.expiresAt();
    return !token.blocked() && (end == null || now.isBefore(end));
  }

  private sealed interface Try {
    record Nobody() implements Try {}

    record Locked(Instant until) implements Try {}

    record Open(long driverId, String hash) implements Try {}
  }

  /** Counts as wrong until it proves right. */
  private Try count(long operatorId, long driverId, Instant now) {
    return database
        .transactor()
        .call(
            tx -> {
              MethodStore.Pin pin = store.lockPin(tx, operatorId, driverId).orElse(null);
              if (pin == null) {
                return new Try.Nobody();
              }
              Instant until = pin.lockedUntil();
              if (until != null && now.isBefore(until)) {
                return new Try.Locked(until);
              }
              boolean last = pin.wrong() + 1 >= MOST_WRONG;
              store.tried(tx, driverId, last ? 0 : pin.wrong() + 1, last ? now.plus(LOCKED) : null);
              return new Try.Open(driverId, pin.hash());
            });
  }

  /** Whether a driver has one. */
  public boolean isSet(long operatorId, long driverId) {
    return store.hasPin(operatorId, driverId);
  }

  /**
   * Sets a driver's PIN; ends a lock.
   *
   * @param pin 4 to 12 digits
   * @return false when the operator has no such driver
   */
  public boolean set(long operatorId, long driverId, String pin, String actor) {
    if (!pin.matches("[0-9]{4,12}") || pin.chars().distinct().count() < 2) {
      throw new InvalidInputException("pin", "takes 4 to 12 digits, not all the same");
    }
    String hash = hasher.hash(pin);
    return database
        .transactor()
        .call(
            tx -> {
              boolean known = store.isDriver(tx, operatorId, driverId);
              if (known) {
                store.putPin(tx, operatorId, driverId, hash, time.now());
                audit.append(tx, entry(operatorId, driverId, actor, "driver.pin"));
              }
              return known;
            });
  }

  /** Takes a driver's PIN away; false when there was none. */
  public boolean remove(long operatorId, long driverId, String actor) {
    return database
        .transactor()
        .call(
            tx -> {
              boolean removed = store.removePin(tx, operatorId, driverId);
              if (removed) {
                audit.append(tx, entry(operatorId, driverId, actor, "driver.pin_remove"));
              }
              return removed;
            });
  }

  private static AuditEntry entry(long operatorId, long driverId, String actor, String action) {
    return AuditEntry.of(operatorId, actor, action, "driver:" + driverId);
  }
}
