package org.ampay.ocpi.roaming;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * Money that came from a partner, or the reversal of what was booked wrongly.
 *
 * @param invoiceId what it is for; null: on account
 * @param received at our bank; negative in a reversal
 * @param fee what banks kept of what the partner sent
 * @param reference of the bank's statement
 * @param reverses the payment that it takes back
 */
public record RoamingPayment(
    long id,
    long operatorId,
    long partnerId,
    @Nullable Long invoiceId,
    Money received,
    Money fee,
    LocalDate receivedOn,
    String reference,
    @Nullable Long reverses,
    String createdBy,
    Instant createdAt) {

  /** What the partner owes less by it. */
  public Money credited() {
    return received.plus(fee);
  }

  /**
   * A wish to book one.
   *
   * @param fee zero when the banks kept nothing
   * @param key of the wish: the same one with the same content is the same payment
   */
  public record Draft(
      @Nullable Long invoiceId,
      Money received,
      Money fee,
      LocalDate receivedOn,
      String reference,
      String key) {

    boolean is(RoamingPayment payment) {
      return Objects.equals(invoiceId, payment.invoiceId())
          && received.equals(payment.received())
          && fee.equals(payment.fee())
          && receivedOn.equals(payment.receivedOn())
          && reference.equals(payment.reference());
    }
  }
}
