package org.ampay.web.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.ocpi.roaming.PartnerStatement;
import org.ampay.ocpi.roaming.RoamingInvoice;
import org.ampay.ocpi.roaming.RoamingPayment;
import org.ampay.web.http.Field;
import org.jspecify.annotations.Nullable;

/** What the API takes and shows of partners' money. */
final class RoamingShapes {

  private static final long MOST_MINOR = 1_000_000_000_000L;

  private RoamingShapes() {}

  record LineOut(
      Instant at,
      @Field("session, credit, payment, reversal, other") String what,
      @Nullable Long session,
      @Field("the bill, which is the CDR's id, too") @Nullable Long bill,
      @Nullable Long payment,
      @Field("what the partner owes more; negative: less") Money amount,
      @Field("what it owes after it") Money balance) {

    static LineOut of(PartnerStatement.Line line) {
      return new LineOut(
          line.at(),
          line.what(),
          line.sessionId(),
          line.billId(),
          line.paymentId(),
          line.amount(),
          line.balance());
    }
  }

  record PartnerStatementOut(
      long partner,
      String name,
      @Field("inclusive") Instant from,
      @Field("exclusive") Instant to,
      Money opening,
      List<LineOut> lines,
      @Field("at the end of the time, whether or not all lines are here") Money closing,
      @Field("cursor of the lines that follow") @Nullable String next) {}

  record RateOut(
      @Field("percent; absent: no tax") @Nullable BigDecimal rate,
      Money excl,
      Money tax,
      Money total) {}

  record InvoiceOut(
      long id,
      @Field("as printed; counted for each operator, without gaps") String number,
      @Field("invoice, credit") String kind,
      long partner,
      String partnerName,
      @Field("the month: 2026-03") String period,
      @Field("everything posted before it that no invoice had") Instant until,
      @Field("bills and credits on it") int items,
      Money excl,
      Money tax,
      Money total,
      List<RateOut> lines,
      @Field("open, part_paid, paid, cancelled, credit") String state,
      @Field("what is still to be paid") Money open,
      @Field("of a credit: the invoice") @Nullable Long cancels,
      @Field("the credit that cancels it") @Nullable Long cancelledBy,
      @Nullable String reason,
      Instant createdAt) {

    static InvoiceOut of(RoamingInvoice.Standing standing) {
      RoamingInvoice invoice = standing.invoice();
      return new InvoiceOut(
          invoice.id(),
          invoice.code(),
          invoice.kind().code(),
          invoice.partnerId(),
          invoice.partnerName(),
          invoice.period().toString(),
          invoice.to(),
          invoice.items(),
          invoice.excl(),
          invoice.tax(),
          invoice.total(),
          invoice.lines().stream()
              .map(line -> new RateOut(line.rate(), line.excl(), line.tax(), line.total()))
              .toList(),
          standing.state(),
          standing.open(),
          invoice.cancels(),
          standing.cancelledBy(),
          invoice.reason(),
          invoice.createdAt());
    }
  }

  record ItemOut(
      @Field("the bill, which is the CDR's id, too") long bill,
      long session,
      @Field("charge, credit") String kind,
      Instant billedAt,
      Money total) {

    static ItemOut of(RoamingInvoice.Item item) {
      return new ItemOut(
          item.billId(), item.sessionId(), item.kind(), item.billedAt(), item.total());
    }
  }

  record InvoiceIn(
      @Field(value = "a month that has ended: 2026-03", maxLength = 7) String period) {}

  record CancelIn(@Field(value = "why", maxLength = 200) String reason) {}

  record AmountIn(
      @Field(value = "ISO 4217; the operator's by default", maxLength = 3)
          @Nullable String currency,
      @Field(value = "minor units", min = 0, max = MOST_MINOR) Long minor) {}

  record PaymentIn(
      @Field("received at the bank") AmountIn amount,
      @Field("what banks kept of what the partner sent; nothing by default") @Nullable AmountIn fee,
      @Field("the invoice that it is for, or a part of it; absent: on account")
          @Nullable Long invoice,
      @Field(value = "the day: 2026-03-31", maxLength = 10) String receivedOn,
      @Field(value = "of the bank's statement", maxLength = 140) String reference) {}

  record PaymentOut(
      long id,
      long partner,
      @Nullable Long invoice,
      @Field("negative in a reversal") Money amount,
      Money fee,
      @Field("what the partner owes less by it") Money credited,
      @Field("the day: 2026-03-31") String receivedOn,
      String reference,
      @Field("the payment that it takes back") @Nullable Long reverses,
      Instant createdAt) {

    static PaymentOut of(RoamingPayment payment) {
      return new PaymentOut(
          payment.id(),
          payment.partnerId(),
          payment.invoiceId(),
          payment.received(),
          payment.fee(),
          payment.credited(),
          payment.receivedOn().toString(),
          payment.reference(),
          payment.reverses(),
          payment.createdAt());
    }
  }

  record PartnerLimitIn(
      @Field(
              value = "who owes more starts nothing; 0: no limit; minor units of the currency",
              min = 0,
              max = MOST_MINOR)
          Long minor) {}

  record PartnerAccountOut(
      long partner,
      String name,
      @Field("what it owes now") Money owed,
      @Field("absent: there is none") @Nullable Money limit) {}
}
