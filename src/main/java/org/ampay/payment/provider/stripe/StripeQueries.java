package org.ampay.payment.provider.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.Transfer;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.TransferListParams;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;

/**
 * What became of commands, read from the objects that they made: by our reference in their
 * metadata. Reads and lists, which are up to date at once; never Stripe's search, which may lag a
 * minute, and never a repeat of the command, which would do what had not been done.
 */
final class StripeQueries {

  private static final Duration BEFORE = Duration.ofMinutes(5);
  private static final long PAGE = 100;

  private final StripeApi api;
  private final TimeSource time;

  StripeQueries(StripeApi api, TimeSource time) {
    this.api = api;
    this.time = time;
  }

  Outcome query(PaymentCommand command) throws StripeException {
    return switch (command) {
      case PaymentCommand.Authorize authorize -> asked(authorize);
      case PaymentCommand.Present present -> asked(present);
      case PaymentCommand.Cancel cancel -> cancelled(cancel);
      case PaymentCommand.Capture capture -> captured(capture);
      case PaymentCommand.Increment increment -> incremented(increment);
      case PaymentCommand.Release release -> released(release);
      case PaymentCommand.Charge charge -> charged(charge);
      case PaymentCommand.Refund refund -> refunded(refund);
      case PaymentCommand.Split split -> transferred(split.operation());
      case PaymentCommand.Payout payout -> transferred(payout.operation());
    };
  }

  private Outcome asked(PaymentCommand command) throws StripeException {
    Operation operation = command.operation();
    String known = operation.providerRef();
    if (known.startsWith("pi_")) {
      return agreed(command, api.services().paymentIntents().retrieve(known));
    }
    Optional<Session> found = api.session(known, operation.reference(), operation.createdAt());
    if (found.isEmpty()) {
      return notFound(operation.createdAt());
    }
    Session page = found.get();
    return switch (page.getStatus()) {
      case "open" -> new Outcome.ActionRequired(page.getId(), Form.REDIRECT, page.getUrl());
      case "expired" -> new Outcome.Declined("expired");
      default ->
          page.getPaymentIntent() == null
              ? new Outcome.Pending(page.getId())
              : agreed(command, api.services().paymentIntents().retrieve(page.getPaymentIntent()));
    };
  }

  private static Outcome agreed(PaymentCommand command, PaymentIntent payment) {
    if (command.kind() == CommandKind.PRESENT) {
      return taken(command.operation(), payment);
    }
    return switch (payment.getStatus()) {
      case "requires_capture", "succeeded" -> done(command.operation(), payment.getId());
      case "canceled" -> new Outcome.Declined("canceled");
      default -> new Outcome.Pending(payment.getId());
    };
  }

  /** Of a payment that takes the money at once. */
  static Outcome taken(Operation operation, PaymentIntent payment) {
    return switch (payment.getStatus()) {
      case "succeeded" ->
          succeeded(
              StripeAmounts.ofWire(payment.getCurrency(), payment.getAmountReceived()),
              payment.getId());
      case "canceled" -> new Outcome.Declined("canceled");
      case "requires_payment_method", "requires_action" ->
          isCharge(payment)
              ? new Outcome.Declined(whyNot(payment))
              : new Outcome.Pending(payment.getId());
      default -> new Outcome.Pending(payment.getId());
    };
  }

  private static boolean isCharge(PaymentIntent payment) {
    return CommandKind.CHARGE.code().equals(payment.getMetadata().get(StripeApi.KIND));
  }

  private static String whyNot(PaymentIntent payment) {
    String code =
        payment.getLastPaymentError() == null ? null : payment.getLastPaymentError().getCode();
    return code == null ? "not paid" : code;
  }

  private Outcome captured(PaymentCommand.Capture command) throws StripeException {
    Optional<PaymentIntent> held = held(command.operation(), command.hold());
    return held.isEmpty()
        ? new Outcome.Unknown("the hold is not found")
        : captured(command, held.get()).orElseGet(() -> notFound(command.operation().createdAt()));
  }

  /** What a payment says of a capture; empty: it is still held. */
  static Optional<Outcome> captured(PaymentCommand.Capture command, PaymentIntent payment) {
    String by = payment.getMetadata().get(StripeApi.CAPTURE);
    return switch (payment.getStatus()) {
      case "succeeded" ->
          Optional.of(
              command.operation().reference().equals(by)
                  ? succeeded(
                      StripeAmounts.ofWire(payment.getCurrency(), payment.getAmountReceived()),
                      payment.getId())
                  : new Outcome.Declined("captured before"));
      case "canceled" -> Optional.of(new Outcome.Declined("the hold is gone"));
      case "requires_capture" -> Optional.empty();
      default -> Optional.of(new Outcome.Declined("there is no hold"));
    };
  }

  private Outcome incremented(PaymentCommand.Increment command) throws StripeException {
    Operation operation = command.operation();
    Optional<PaymentIntent> held = held(operation, command.hold());
    if (held.isEmpty()) {
      return new Outcome.Unknown("the hold is not found");
    }
    PaymentIntent payment = held.get();
    if (payment.getMetadata().containsKey(StripeApi.INCREMENT + operation.reference())) {
      return done(operation, payment.getId());
    }
    return payment.getStatus().equals("requires_capture")
        ? notFound(operation.createdAt())
        : new Outcome.Declined("the hold is gone");
  }

  private Outcome released(PaymentCommand.Release command) throws StripeException {
    Operation operation = command.operation();
    Optional<PaymentIntent> held = held(operation, command.hold());
    if (held.isEmpty()) {
      return new Outcome.Unknown("the hold is not found");
    }
    return switch (held.get().getStatus()) {
      case "canceled" -> done(operation, held.get().getId());
      case "succeeded" -> new Outcome.Declined("captured before");
      default -> notFound(operation.createdAt());
    };
  }

  private Outcome charged(PaymentCommand.Charge command) throws StripeException {
    Operation operation = command.operation();
    if (operation.providerRef().startsWith("pi_")) {
      return taken(operation, api.services().paymentIntents().retrieve(operation.providerRef()));
    }
    if (command.method() == null) {
      return new Outcome.Misconfigured("a saved card is needed");
    }
    PaymentIntentListParams ofPayer =
        PaymentIntentListParams.builder()
            .setCustomer(command.method().payer())
            .setCreated(
                PaymentIntentListParams.Created.builder()
                    .setGte(operation.createdAt().minus(BEFORE).getEpochSecond())
                    .build())
            .setLimit(PAGE)
            .build();
    for (PaymentIntent payment :
        api.services().paymentIntents().list(ofPayer).autoPagingIterable()) {
      if (operation.reference().equals(payment.getMetadata().get(StripeApi.REFERENCE))) {
        return taken(operation, payment);
      }
    }
    return notFound(operation.createdAt());
  }

  private Outcome refunded(PaymentCommand.Refund command) throws StripeException {
    Operation operation = command.operation();
    PaymentCommand.Target taken = command.taken();
    Optional<PaymentIntent> payment =
        api.payment(taken.providerRef(), taken.reference(), taken.at());
    if (payment.isEmpty()) {
      return new Outcome.Unknown("what was taken is not found");
    }
    RefundListParams ofPayment =
        RefundListParams.builder().setPaymentIntent(payment.get().getId()).setLimit(PAGE).build();
    for (Refund refund : api.services().refunds().list(ofPayment).autoPagingIterable()) {
      if (operation.reference().equals(refund.getMetadata().get(StripeApi.REFERENCE))) {
        return refunded(operation, refund);
      }
    }
    return notFound(operation.createdAt());
  }

  static Outcome refunded(Operation operation, Refund refund) {
    return switch (refund.getStatus()) {
      case "succeeded" ->
          succeeded(StripeAmounts.ofWire(refund.getCurrency(), refund.getAmount()), refund.getId());
      case "failed", "canceled" -> new Outcome.Declined("the refund " + refund.getStatus());
      default -> new Outcome.Pending(refund.getId());
    };
  }

  private Outcome transferred(Operation operation) throws StripeException {
    TransferListParams group =
        TransferListParams.builder().setTransferGroup(operation.reference()).setLimit(PAGE).build();
    for (Transfer transfer : api.services().transfers().list(group).autoPagingIterable()) {
      if (operation.reference().equals(transfer.getMetadata().get(StripeApi.REFERENCE))) {
        return done(operation, transfer.getId());
      }
    }
    return notFound(operation.createdAt());
  }

  private Outcome cancelled(PaymentCommand.Cancel command) throws StripeException {
    Outcome now = stateOf(command);
    return now instanceof Outcome.NotSent ? notFound(command.operation().createdAt()) : now;
  }

  /** Where what is to be cancelled stands now; NotSent: it can still be paid. */
  Outcome stateOf(PaymentCommand.Cancel command) throws StripeException {
    PaymentCommand.Target target = command.target();
    if (target.providerRef().startsWith("pi_")) {
      return paid(command.operation(), target.providerRef());
    }
    Optional<Session> found = api.session(target.providerRef(), target.reference(), target.at());
    if (found.isEmpty()) {
      return notFound(target.at()) instanceof Outcome.NotSent
          ? done(command.operation(), "")
          : new Outcome.Unknown("it may be under way");
    }
    Session page = found.get();
    return switch (page.getStatus()) {
      case "open" -> new Outcome.NotSent("the page is open");
      case "expired" -> done(command.operation(), page.getId());
      default ->
          page.getPaymentIntent() == null
              ? new Outcome.Declined("agreed to")
              : paid(command.operation(), page.getPaymentIntent());
    };
  }

  private Outcome paid(Operation operation, String payment) throws StripeException {
    return api.services().paymentIntents().retrieve(payment).getStatus().equals("canceled")
        ? done(operation, payment)
        : new Outcome.Declined("paid");
  }

  private Optional<PaymentIntent> held(Operation operation, PaymentCommand.Hold hold)
      throws StripeException {
    return api.payment(hold.providerRef(), hold.reference(), operation.createdAt());
  }

  private Outcome notFound(Instant at) {
    return time.now().isAfter(at.plus(StripeProvider.SETTLING_WINDOW))
        ? new Outcome.NotSent("Stripe does not know it")
        : new Outcome.Unknown("it may be under way");
  }

  static Outcome done(Operation operation, String providerRef) {
    return succeeded(operation.amount(), providerRef);
  }

  private static Outcome succeeded(Money amount, String providerRef) {
    return new Outcome.Succeeded(amount, Money.zero(amount.currency()), providerRef);
  }
}
