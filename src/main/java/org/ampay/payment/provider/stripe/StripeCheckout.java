package org.ampay.payment.provider.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;

/** Asks payers by pages of Stripe: money is taken at once, or set aside. */
final class StripeCheckout {

  /** Stripe keeps a page open for half an hour at least; some minutes are for the way there. */
  private static final Duration LEAST_OPEN = Duration.ofMinutes(30);

  private static final Duration ON_THE_WAY = Duration.ofMinutes(5);
  private static final Duration MOST_OPEN = Duration.ofHours(23);

  private final StripeApi api;
  private final TimeSource time;
  private final boolean increments;
  private final String page;

  /**
   * Pages.
   *
   * @param page of ours, where a payer goes who came from none
   */
  StripeCheckout(StripeApi api, TimeSource time, boolean increments, String page) {
    this.api = api;
    this.time = time;
    this.increments = increments;
    this.page = page;
  }

  Outcome ask(PaymentCommand command, Ask ask, long amount) throws StripeException {
    Operation operation = command.operation();
    Instant open = openUntil(operation, ask);
    Instant now = time.now();
    if (!now.isBefore(ask.expiresAt()) || open.isBefore(now.plus(LEAST_OPEN))) {
      return new Outcome.Declined("too late to ask the payer");
    }
    if (ask.form() == Form.IN_APP) {
      return new Outcome.Misconfigured("Stripe has only pages here");
    }
    Session made =
        api.services()
            .checkout()
            .sessions()
            .create(session(command, ask, amount, open), StripeApi.once(operation));
    return new Outcome.ActionRequired(made.getId(), ask.form(), made.getUrl());
  }

  /** The same at each repeat: another request under the same reference would be refused. */
  private static Instant openUntil(Operation operation, Ask ask) {
    Instant least = operation.createdAt().plus(LEAST_OPEN).plus(ON_THE_WAY);
    Instant most = operation.createdAt().plus(MOST_OPEN);
    Instant wanted = ask.expiresAt().isBefore(least) ? least : ask.expiresAt();
    return wanted.isAfter(most) ? most : wanted;
  }

  private SessionCreateParams session(PaymentCommand command, Ask ask, long amount, Instant open) {
    Operation operation = command.operation();
    URI back = ask.returnUrl();
    String url = back == null ? page : back.toString();
    SessionCreateParams.Builder session =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.PAYMENT)
            .setClientReferenceId(operation.reference())
            .setSuccessUrl(url)
            .setCancelUrl(url)
            .setExpiresAt(open.getEpochSecond())
            .setLocale(locale(ask.language()))
            .putMetadata(StripeApi.REFERENCE, operation.reference())
            .putMetadata(StripeApi.KIND, command.kind().code())
            .addLineItem(item(operation, ask, amount))
            .setPaymentIntentData(payment(command, ask));
    if (increments && command.kind() == CommandKind.AUTHORIZE) {
      session.setPaymentMethodOptions(
          SessionCreateParams.PaymentMethodOptions.builder()
              .setCard(
                  SessionCreateParams.PaymentMethodOptions.Card.builder()
                      .setRequestIncrementalAuthorization(
                          SessionCreateParams.PaymentMethodOptions.Card
                              .RequestIncrementalAuthorization.IF_AVAILABLE)
                      .build())
              .build());
    }
    return session.build();
  }

  private static SessionCreateParams.LineItem item(Operation operation, Ask ask, long amount) {
    return SessionCreateParams.LineItem.builder()
        .setQuantity(1L)
        .setPriceData(
            SessionCreateParams.LineItem.PriceData.builder()
                .setCurrency(operation.amount().currency().toLowerCase(Locale.ROOT))
                .setUnitAmount(amount)
                .setProductData(
                    SessionCreateParams.LineItem.PriceData.ProductData.builder()
                        .setName(ask.subject())
                        .build())
                .build())
        .build();
  }

  private static SessionCreateParams.PaymentIntentData payment(PaymentCommand command, Ask ask) {
    return SessionCreateParams.PaymentIntentData.builder()
        .setCaptureMethod(
            command.kind() == CommandKind.AUTHORIZE
                ? SessionCreateParams.PaymentIntentData.CaptureMethod.MANUAL
                : SessionCreateParams.PaymentIntentData.CaptureMethod.AUTOMATIC)
        .setDescription(ask.subject())
        .putMetadata(StripeApi.REFERENCE, command.operation().reference())
        .putMetadata(StripeApi.KIND, command.kind().code())
        .build();
  }

  private static SessionCreateParams.Locale locale(String language) {
    return switch (Locale.forLanguageTag(language).getLanguage()) {
      case "zh" -> SessionCreateParams.Locale.ZH;
      case "en" -> SessionCreateParams.Locale.EN;
      default -> SessionCreateParams.Locale.AUTO;
    };
  }
}
