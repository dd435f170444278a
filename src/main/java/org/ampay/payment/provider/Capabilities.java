package org.ampay.payment.provider;

import java.time.Duration;
import java.util.Set;

/**
 * What a provider can do, as data.
 *
 * @param currencies ISO 4217; empty: every one
 */
public record Capabilities(
    Set<Flow> flows,
    Set<CommandKind> commands,
    Set<Feature> features,
    Idempotency idempotency,
    Set<String> currencies,
    Limits limits) {

  /** How a driver pays. */
  public enum Flow {
    PREAUTH,
    PAY_AFTER,
    PREPAID,
    QR,
    REDIRECT,
    TERMINAL
  }

  /** What not every provider can. */
  public enum Feature {
    PARTIAL_CAPTURE,
    MULTIPLE_CAPTURE,
    /** A charge takes what there is when there is less than asked for. */
    PARTIAL_CHARGE
  }

  /**
   * How the provider recognises a repeat.
   *
   * @param validFor how long; after that only a query is safe
   */
  public record Idempotency(By by, Duration validFor) {

    /** By a key in a header, or by our reference. */
    public enum By {
      HEADER,
      REFERENCE
    }
  }

  /**
   * Bounds.
   *
   * @param minMinor the least amount of a command, minor units
   * @param maxMinor the greatest
   * @param holdTime how long a hold lasts
   * @param refundWindow how long after the payment it can be refunded
   * @param maxShares receivers of a split; 0: none
   */
  public record Limits(
      long minMinor, long maxMinor, Duration holdTime, Duration refundWindow, int maxShares) {}

  public Capabilities {
    flows = Set.copyOf(flows);
    commands = Set.copyOf(commands);
    features = Set.copyOf(features);
    currencies = Set.copyOf(currencies);
  }

  public boolean can(CommandKind command) {
    return commands.contains(command);
  }
}
