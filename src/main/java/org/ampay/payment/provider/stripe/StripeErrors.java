package org.ampay.payment.provider.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import java.util.Set;
import org.ampay.payment.provider.Outcome;

/** What an error says of a command. Only codes are passed on: messages may hold a part of a key. */
final class StripeErrors {

  /** Refused for the state or amount of the payment: our request was understood. */
  private static final Set<String> REFUSED =
      Set.of(
          "amount_too_large",
          "amount_too_small",
          "authentication_required",
          "balance_insufficient",
          "capture_charge_authorization_expired",
          "capture_unauthorized_payment",
          "card_declined",
          "charge_already_captured",
          "charge_already_refunded",
          "charge_disputed",
          "charge_expired_for_capture",
          "charge_exceeds_source_limit",
          "expired_card",
          "incorrect_cvc",
          "insufficient_funds",
          "payment_intent_authentication_failure",
          "payment_intent_payment_attempt_failed",
          "payment_intent_unexpected_state",
          "payment_method_customer_decline",
          "payment_method_provider_decline",
          "processing_error",
          "refund_disputed_payment",
          "transfer_source_balance_parameters_mismatch");

  private StripeErrors() {}

  /** Of a command that was sent. An error of permission (403) is one of authentication, too. */
  static Outcome ofCommand(StripeException e) {
    return switch (e) {
      case CardException card -> new Outcome.Declined(reason(card));
      case AuthenticationException _ ->
          new Outcome.Misconfigured("Stripe refuses the key: " + e.getStatusCode());
      // The key was used for another request before, of which nothing is known.
      case IdempotencyException _ -> new Outcome.Unknown("the reference was used before");
      case InvalidRequestException invalid -> ofInvalid(invalid);
      case ApiConnectionException connection when StripeHttp.neverLeft(connection) ->
          new Outcome.NotSent("no connection");
      case ApiConnectionException _ -> new Outcome.Unknown("no answer");
      default -> new Outcome.Unknown("HTTP " + e.getStatusCode());
    };
  }

  /** Of a query: says nothing of the command. */
  static Outcome ofQuery(StripeException e) {
    return new Outcome.Unknown(
        e instanceof ApiConnectionException
            ? "the query was not answered"
            : "the query failed: HTTP " + e.getStatusCode() + " " + code(e));
  }

  static boolean isMissing(StripeException e) {
    return e instanceof InvalidRequestException && code(e).equals("resource_missing");
  }

  /** Whether the payment was in another state than the command needs: perhaps by our own doing. */
  static boolean isOfState(StripeException e) {
    return e instanceof InvalidRequestException
        && (code(e).equals("payment_intent_unexpected_state")
            || code(e).equals("charge_already_captured"));
  }

  private static Outcome ofInvalid(InvalidRequestException e) {
    String code = code(e);
    if (REFUSED.contains(code)) {
      return new Outcome.Declined(code);
    }
    String parameter = e.getParam();
    return new Outcome.Misconfigured(
        "Stripe refuses the request: "
            + (code.isEmpty() ? "invalid_request" : code)
            + (parameter == null ? "" : ", " + parameter));
  }

  private static String reason(CardException e) {
    String decline = e.getDeclineCode();
    return decline == null || decline.isEmpty() ? code(e) : decline;
  }

  private static String code(StripeException e) {
    String code = e.getCode();
    return code == null ? "" : code;
  }
}
