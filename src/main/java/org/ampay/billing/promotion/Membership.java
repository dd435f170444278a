package org.ampay.billing.promotion;

import java.time.Instant;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * A driver's time in a tier.
 *
 * @param until exclusive; null: until it is ended
 * @param endedAt when it was ended before its time
 * @param price what was paid for it from the wallet
 * @param refunded what was given back of that
 */
public record Membership(
    long id,
    long operatorId,
    long driverId,
    long tierId,
    Source source,
    Instant from,
    @Nullable Instant until,
    @Nullable Instant endedAt,
    Money price,
    Money tax,
    @Nullable String taxAccount,
    Money refunded,
    String createdBy) {

  /** Where it comes from. */
  public enum Source {
    RULE("rule"),
    PAID("paid"),
    HAND("hand");

    private final String code;

    Source(String code) {
      this.code = code;
    }

    /** As stored and shown. */
    public String code() {
      return code;
    }

    static Source ofCode(String code) {
      for (Source source : values()) {
        if (source.code.equals(code)) {
          return source;
        }
      }
      throw new IllegalArgumentException("membership of '" + code + "'");
    }
  }

  /** Whether it holds at that time. */
  public boolean holdsAt(Instant at) {
    return !from.isAfter(at)
        && (until == null || at.isBefore(until))
        && (endedAt == null || at.isBefore(endedAt));
  }
}
