package org.ampay.app.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the gateway really moved: its own books, by merchant and reference. */
public final class SandboxBooks {

  /** What moved. */
  public enum Kind {
    /** Money of a payer to the merchant. */
    PAYMENT,
    /** Back to the payer: negative. */
    REFUND,
    /** To another receiver: negative. */
    SPLIT,
    PAYOUT,
    /** Taken back by the payer's bank: negative; returned: positive. */
    DISPUTE
  }

  /**
   * A movement in the merchant's account.
   *
   * @param reference the merchant's, of the operation that moved it
   * @param minor as our {@code Money} has it; positive to the merchant
   */
  public record Movement(
      String provider,
      String merchant,
      Kind kind,
      String reference,
      String currency,
      long minor,
      Instant at) {}

  private record Held(String provider, String merchant, String currency, long minor) {}

  private final List<Movement> movements = new ArrayList<>();
  private final Map<String, Held> holds = new LinkedHashMap<>();

  public synchronized void move(Movement movement) {
    movements.add(movement);
  }

  /**
   * Sets what is set aside under a key.
   *
   * @param key the provider's own id of the hold
   * @param minor 0: nothing any more
   */
  public synchronized void hold(
      String provider, String merchant, String key, String currency, long minor) {
    if (minor == 0) {
      holds.remove(provider + " " + key);
    } else {
      holds.put(provider + " " + key, new Held(provider, merchant, currency, minor));
    }
  }

  /** Payments less refunds. */
  public synchronized long moved(String provider, String merchant, String currency) {
    return movements.stream()
        .filter(moved -> moved.provider().equals(provider))
        .filter(moved -> moved.merchant().equals(merchant))
        .filter(moved -> moved.currency().equals(currency))
        .filter(moved -> moved.kind() == Kind.PAYMENT || moved.kind() == Kind.REFUND)
        .mapToLong(Movement::minor)
        .sum();
  }

  public synchronized long held(String provider, String merchant, String currency) {
    return holds.values().stream()
        .filter(held -> held.provider().equals(provider))
        .filter(held -> held.merchant().equals(merchant))
        .filter(held -> held.currency().equals(currency))
        .mapToLong(Held::minor)
        .sum();
  }

  public synchronized List<Movement> movements() {
    return List.copyOf(movements);
  }

  /** What is set aside, of all merchants, by provider and its own id. */
  public synchronized Map<String, Long> holds() {
    Map<String, Long> open = new LinkedHashMap<>();
    holds.forEach((key, held) -> open.put(key, held.minor()));
    return open;
  }
}
