package org.ampay.payment.provider.stripe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.BalanceTransactionSource;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Refund;
import com.stripe.param.BalanceTransactionListParams;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;
import org.ampay.payment.provider.StatementLine.Kind;

/** A day of the account by its balance transactions; Stripe's days are those of UTC. */
final class StripeStatement {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration LATE = Duration.ofMinutes(10);
  private static final long PAGE = 100;
  private static final int LONGEST_RAW = 2_000;

  private final StripeApi api;
  private final TimeSource time;

  StripeStatement(StripeApi api, TimeSource time) {
    this.api = api;
    this.time = time;
  }

  boolean read(LocalDate day, Consumer<StatementLine> lines) throws StatementException {
    Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    if (time.now().isBefore(to.plus(LATE))) {
      return false;
    }
    BalanceTransactionListParams ofDay =
        BalanceTransactionListParams.builder()
            .setCreated(
                BalanceTransactionListParams.Created.builder()
                    .setGte(from.getEpochSecond())
                    .setLt(to.getEpochSecond())
                    .build())
            .setLimit(PAGE)
            .addExpand("data.source")
            .build();
    boolean any = false;
    try {
      for (BalanceTransaction moved :
          api.services().balanceTransactions().list(ofDay).autoPagingIterable()) {
        lines.accept(line(moved));
        any = true;
      }
    } catch (StripeException e) {
      throw new StatementException("Stripe gives no list: HTTP " + e.getStatusCode(), e);
    } catch (RuntimeException e) {
      throw new StatementException("the list of Stripe cannot be read", e);
    }
    return any;
  }

  private static StatementLine line(BalanceTransaction moved) {
    BalanceTransactionSource source = moved.getSourceObject();
    return new StatementLine(
        kind(moved),
        reference(source),
        providerRef(source, moved),
        StripeAmounts.ofWire(moved.getCurrency(), moved.getAmount()),
        StripeAmounts.ofWire(moved.getCurrency(), moved.getFee()),
        Instant.ofEpochSecond(moved.getCreated()),
        raw(moved));
  }

  private static Kind kind(BalanceTransaction moved) {
    String category = String.valueOf(moved.getReportingCategory());
    if (category.startsWith("dispute")) {
      return Kind.DISPUTE;
    }
    return switch (moved.getType()) {
      case "charge", "payment" -> Kind.PAYMENT;
      case "refund", "payment_refund", "refund_failure", "payment_failure_refund" -> Kind.REFUND;
      case "payout", "payout_cancel", "payout_failure" -> Kind.PAYOUT;
      case "transfer", "transfer_refund", "transfer_cancel", "transfer_failure" -> Kind.SPLIT;
      case "stripe_fee", "stripe_fx_fee", "tax_fee", "network_cost" -> Kind.FEE;
      default -> Kind.OTHER;
    };
  }

  /** A captured hold has the reference of the hold: its capture is found by the payment. */
  private static String reference(BalanceTransactionSource source) {
    return switch (source) {
      case Charge charge ->
          CommandKind.AUTHORIZE.code().equals(charge.getMetadata().get(StripeApi.KIND))
              ? ""
              : charge.getMetadata().getOrDefault(StripeApi.REFERENCE, "");
      case Refund refund -> refund.getMetadata().getOrDefault(StripeApi.REFERENCE, "");
      case com.stripe.model.Transfer transfer ->
          transfer.getMetadata().getOrDefault(StripeApi.REFERENCE, "");
      case null, default -> "";
    };
  }

  private static String providerRef(BalanceTransactionSource source, BalanceTransaction moved) {
    String ref =
        switch (source) {
          case Charge charge -> charge.getPaymentIntent();
          case Dispute dispute -> dispute.getPaymentIntent();
          case null, default -> moved.getSource();
        };
    return ref == null ? "" : ref;
  }

  private static String raw(BalanceTransaction moved) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("id", moved.getId())
        .put("type", moved.getType())
        .put("reporting_category", moved.getReportingCategory())
        .put("source", moved.getSource())
        .put("amount", moved.getAmount())
        .put("fee", moved.getFee())
        .put("net", moved.getNet())
        .put("currency", moved.getCurrency())
        .put("created", moved.getCreated());
    String text = line.toString();
    return text.length() > LONGEST_RAW ? text.substring(0, LONGEST_RAW) : text;
  }
}
