package org.ampay.payment;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something about payments that a person must look at.
 *
 * @param ref the operation; of {@link Kind#SETTLEMENT_LATE} and {@link Kind#ACCOUNT_GONE} the
 *     settlement, of {@link Kind#ORDER_LATE} the order
 * @param detail in words, for the person
 * @param clearedAt when it ended; null: it is still so
 */
public record PaymentAlarm(
    long id,
    long operatorId,
    Kind kind,
    long ref,
    @Nullable Long settlementId,
    @Nullable Long orderId,
    String detail,
    Instant raisedAt,
    @Nullable Instant clearedAt) {

  private static final int MAX_DETAIL_CHARS = 300;

  /** What is wrong. */
  public enum Kind {
    /** It is not known for long whether the provider did it. */
    UNKNOWN,
    /** The provider cannot be reached for long. */
    NOT_SENT,
    /** The provider or the payer takes very long. */
    PENDING,
    /** The provider refuses our account, key or request. */
    MISCONFIGURED,
    /** The provider told one end before and tells another one now. */
    CONTRADICTION,
    /** The operator's account with the provider was removed or disabled. */
    ACCOUNT_GONE,
    /** A settlement is not at its end after a day. */
    SETTLEMENT_LATE,
    /** An order is past its deadline. */
    ORDER_LATE;

    /** As stored and shown: {@code not_sent}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a stored code. */
    public static Kind ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  public PaymentAlarm {
    detail = detail.length() <= MAX_DETAIL_CHARS ? detail : detail.substring(0, MAX_DETAIL_CHARS);
  }

  /** Unique while it is open: the same is not raised twice. */
  String openKey() {
    return kind.code() + ":" + ref;
  }

  PaymentAlarm cleared(Instant at) {
    return new PaymentAlarm(id, operatorId, kind, ref, settlementId, orderId, detail, raisedAt, at);
  }
}
