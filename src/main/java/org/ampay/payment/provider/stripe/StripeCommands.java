package org.ampay.payment.provider.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Transfer;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentIncrementAuthorizationParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.TransferCreateParams;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;

/** Sends commands to Stripe. Each carries our reference as its idempotency key. */
final class StripeCommands {

  private final StripeApi api;
  private final StripeQueries queries;
  private final StripeCheckout checkout;

  StripeCommands(
      StripeApi api, StripeQueries queries, TimeSource time, boolean increments, String page) {
    this.api = api;
    this.queries = queries;
    this.checkout = new StripeCheckout(api, time, increments, page);
  }

  Outcome execute(PaymentCommand command) throws StripeException {
    Operation operation = command.operation();
    OptionalLong amount = StripeAmounts.toWire(operation.amount());
    if (amount.isEmpty()) {
      return new Outcome.Declined("Stripe cannot take this amount exactly");
    }
    try {
      return switch (command) {
        case PaymentCommand.Authorize authorize ->
            authorize.ask() == null
                ? new Outcome.Misconfigured("a payer must be asked")
                : checkout.ask(authorize, authorize.ask(), amount.getAsLong());
        case PaymentCommand.Present present ->
            checkout.ask(present, present.ask(), amount.getAsLong());
        case PaymentCommand.Cancel cancel -> cancel(cancel);
        case PaymentCommand.Capture capture -> capture(capture, amount.getAsLong());
        case PaymentCommand.Increment increment -> increment(increment);
        case PaymentCommand.Release release -> release(release);
        case PaymentCommand.Charge charge ->
            charge.method() == null
                ? new Outcome.Misconfigured("a saved card is needed")
                : charge(charge, charge.method(), amount.getAsLong());
        case PaymentCommand.Refund refund -> refund(refund, amount.getAsLong());
        case PaymentCommand.Split split -> split(split);
        case PaymentCommand.Payout payout ->
            transfer(operation, payout.receiver(), operation.amount(), Optional.empty());
      };
    } catch (StripeException e) {
      if (!StripeErrors.isOfState(e)) {
        throw e;
      }
      // Perhaps it was we who brought it into that state, by this very command.
      return queries.query(command) instanceof Outcome.Succeeded done
          ? done
          : StripeErrors.ofCommand(e);
    }
  }

  private Outcome capture(PaymentCommand.Capture command, long amount) throws StripeException {
    if (command.operation().amount().compareTo(command.hold().amount()) > 0) {
      return new Outcome.Declined("above the hold");
    }
    Optional<PaymentIntent> held = held(command.operation(), command.hold());
    if (held.isEmpty()) {
      return new Outcome.Declined("there is no hold");
    }
    PaymentIntent captured =
        api.services()
            .paymentIntents()
            .capture(
                held.get().getId(),
                PaymentIntentCaptureParams.builder()
                    .setAmountToCapture(amount)
                    .putMetadata(StripeApi.CAPTURE, command.operation().reference())
                    .build(),
                StripeApi.once(command.operation()));
    return StripeQueries.captured(command, captured)
        .orElseGet(() -> new Outcome.Unknown("still held"));
  }

  private Outcome increment(PaymentCommand.Increment command) throws StripeException {
    Optional<PaymentIntent> held = held(command.operation(), command.hold());
    OptionalLong total =
        StripeAmounts.toWire(command.hold().amount().plus(command.operation().amount()));
    if (held.isEmpty() || total.isEmpty()) {
      return new Outcome.Declined("there is no hold");
    }
    api.services()
        .paymentIntents()
        .incrementAuthorization(
            held.get().getId(),
            PaymentIntentIncrementAuthorizationParams.builder()
                .setAmount(total.getAsLong())
                .putMetadata(
                    StripeApi.INCREMENT + command.operation().reference(),
                    Long.toString(command.operation().amount().minor()))
                .build(),
            StripeApi.once(command.operation()));
    return StripeQueries.done(command.operation(), held.get().getId());
  }

  private Outcome release(PaymentCommand.Release command) throws StripeException {
    Optional<PaymentIntent> held = held(command.operation(), command.hold());
    if (held.isEmpty()) {
      return new Outcome.Declined("there is no hold");
    }
    PaymentIntent released =
        api.services()
            .paymentIntents()
            .cancel(
                held.get().getId(),
                PaymentIntentCancelParams.builder().build(),
                StripeApi.once(command.operation()));
    return StripeQueries.done(command.operation(), released.getId());
  }

  /** Holds are named by the payment; a page's id is only known while its end was not heard. */
  private Optional<PaymentIntent> held(Operation operation, PaymentCommand.Hold hold)
      throws StripeException {
    return named(hold.providerRef(), hold.reference(), operation.createdAt());
  }

  private Optional<PaymentIntent> named(String providerRef, String reference, Instant at)
      throws StripeException {
    if (!providerRef.startsWith("pi_")) {
      return api.payment(providerRef, reference, at);
    }
    PaymentIntent named = new PaymentIntent();
    named.setId(providerRef);
    return Optional.of(named);
  }

  private Outcome charge(PaymentCommand.Charge command, SavedMethod method, long amount)
      throws StripeException {
    Operation operation = command.operation();
    PaymentIntent charged =
        api.services()
            .paymentIntents()
            .create(
                PaymentIntentCreateParams.builder()
                    .setAmount(amount)
                    .setCurrency(operation.amount().currency().toLowerCase(Locale.ROOT))
                    .setCustomer(method.payer())
                    .setPaymentMethod(method.method())
                    .addPaymentMethodType("card")
                    .setOffSession(true)
                    .setConfirm(true)
                    .putMetadata(StripeApi.REFERENCE, operation.reference())
                    .putMetadata(StripeApi.KIND, command.kind().code())
                    .build(),
                StripeApi.once(operation));
    return StripeQueries.taken(operation, charged);
  }

  private Outcome refund(PaymentCommand.Refund command, long amount) throws StripeException {
    PaymentCommand.Target taken = command.taken();
    Optional<PaymentIntent> payment = named(taken.providerRef(), taken.reference(), taken.at());
    if (payment.isEmpty()) {
      return new Outcome.Declined("nothing was taken");
    }
    return StripeQueries.refunded(
        command.operation(),
        api.services()
            .refunds()
            .create(
                RefundCreateParams.builder()
                    .setPaymentIntent(payment.get().getId())
                    .setAmount(amount)
                    .putMetadata(StripeApi.REFERENCE, command.operation().reference())
                    .build(),
                StripeApi.once(command.operation())));
  }

  private Outcome split(PaymentCommand.Split command) throws StripeException {
    if (command.shares().size() != 1) {
      return new Outcome.Declined("one receiver at a time");
    }
    PaymentCommand.Target taken = command.taken();
    Optional<PaymentIntent> payment =
        api.payment(taken.providerRef(), taken.reference(), taken.at());
    Optional<String> charge = payment.map(PaymentIntent::getLatestCharge);
    if (charge.isEmpty()) {
      return new Outcome.Declined("nothing was taken");
    }
    PaymentCommand.Split.Share share = command.shares().getFirst();
    return transfer(command.operation(), share.receiver(), share.amount(), charge);
  }

  private Outcome transfer(
      Operation operation, String receiver, Money amount, Optional<String> charge)
      throws StripeException {
    OptionalLong wire = StripeAmounts.toWire(amount);
    if (wire.isEmpty() || !receiver.startsWith("acct_")) {
      return new Outcome.Declined("no amount or no account that Stripe could transfer to");
    }
    TransferCreateParams.Builder transfer =
        TransferCreateParams.builder()
            .setAmount(wire.getAsLong())
            .setCurrency(amount.currency().toLowerCase(Locale.ROOT))
            .setDestination(receiver)
            .setTransferGroup(operation.reference())
            .putMetadata(StripeApi.REFERENCE, operation.reference());
    charge.ifPresent(transfer::setSourceTransaction);
    Transfer made = api.services().transfers().create(transfer.build(), StripeApi.once(operation));
    return StripeQueries.done(operation, made.getId());
  }

  private Outcome cancel(PaymentCommand.Cancel command) throws StripeException {
    Outcome known = queries.stateOf(command);
    if (!(known instanceof Outcome.NotSent)) {
      return known;
    }
    PaymentCommand.Target target = command.target();
    Optional<Session> page = api.session(target.providerRef(), target.reference(), target.at());
    if (page.isEmpty()) {
      return new Outcome.Unknown("the page is not there any more");
    }
    try {
      api.services().checkout().sessions().expire(page.get().getId());
      return StripeQueries.done(command.operation(), page.get().getId());
    } catch (InvalidRequestException e) {
      // It was paid or closed in the meantime.
      Outcome then = queries.stateOf(command);
      return then instanceof Outcome.NotSent ? StripeErrors.ofCommand(e) : then;
    }
  }
}
