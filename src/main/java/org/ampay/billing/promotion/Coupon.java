package org.ampay.billing.promotion;

import java.time.Duration;
import java.time.Instant;
import org.ampay.tariff.Funder;
import org.jspecify.annotations.Nullable;

/**
 * A kind of coupon that drivers may claim or are given.
 *
 * @param claimed how often it was claimed
 * @param sharedCode a code that everybody may use, null when there is none
 */
public record Coupon(
    long id,
    long operatorId,
    String currency,
    Spec spec,
    State state,
    int claimed,
    @Nullable String sharedCode,
    Instant createdAt) {

  /** A paused one cannot be claimed, nor used by who has it. */
  public enum State {
    ACTIVE("active"),
    PAUSED("paused");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /** As stored and shown. */
    public String code() {
      return code;
    }

    static State ofCode(String code) {
      return code.equals(PAUSED.code) ? PAUSED : ACTIVE;
    }
  }

  /**
   * What a person decides of it.
   *
   * @param scope for which sessions; its end is also the last time to claim it
   */
  public record Spec(String name, Benefit benefit, Scope scope, Limits limits, Funder funder) {
    public Spec {
      name = Rules.name(name);
    }
  }

  /**
   * How many there are.
   *
   * @param perUser claims of a driver
   * @param total claims in all; null: any number
   * @param daysValid after the claim; null: as long as the coupon
   */
  public record Limits(int perUser, @Nullable Integer total, @Nullable Integer daysValid) {
    private static final int MAX_TOTAL = 100_000_000;

    public Limits {
      Rules.within(perUser, 1, 1_000, "per_user");
      if (total != null) {
        Rules.within(total, 1, MAX_TOTAL, "total");
      }
      if (daysValid != null) {
        Rules.within(daysValid, 1, 3_660, "days_valid");
      }
    }
  }

  String name() {
    return spec.name();
  }

  /** When a claim made then ends; null: never. */
  @Nullable Instant expiryOfClaim(Instant claimedAt) {
    Instant end = spec.scope().until();
    Integer days = spec.limits().daysValid();
    if (days == null) {
      return end;
    }
    Instant own = claimedAt.plus(Duration.ofDays(days));
    return end == null || own.isBefore(end) ? own : end;
  }

  boolean hasLeft() {
    Integer total = spec.limits().total();
    return total == null || claimed < total;
  }
}
