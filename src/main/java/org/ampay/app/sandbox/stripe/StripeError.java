package org.ampay.app.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal in Stripe's form. */
final class StripeError extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String code;
  private final String param;

  private StripeError(int status, String type, String code, String param, String message) {
    super(message);
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = param;
  }

  static StripeError invalid(String code, String param, String message) {
    return new StripeError(400, "invalid_request_error", code, param, message);
  }

  static StripeError missing(String what, String id) {
    return new StripeError(
        404,
        "invalid_request_error",
        "resource_missing",
        "id",
        "No such " + what + ": '" + id + "'");
  }

  static StripeError declined() {
    return new StripeError(402, "card_error", "card_declined", "", "Your card was declined.");
  }

  static StripeError otherParameters() {
    return new StripeError(
        400,
        "idempotency_error",
        "",
        "",
        "Keys for idempotent requests can only be used with the same parameters they were first"
            + " used with.");
  }

  static StripeError unauthorized() {
    return new StripeError(401, "invalid_request_error", "", "", "Invalid API Key provided");
  }

  static StripeError noAddress(String method, String path) {
    return new StripeError(
        404,
        "invalid_request_error",
        "",
        "",
        "Unrecognized request URL (" + method + ": " + path + ")");
  }

  int status() {
    return status;
  }

  /** What is wrong with the request itself is not remembered under its key. */
  boolean isOfParameters() {
    return status == 401 || code.startsWith("parameter_");
  }

  ObjectNode json() {
    ObjectNode json = StripeStore.MAPPER.createObjectNode();
    ObjectNode error = json.putObject("error").put("type", type).put("message", getMessage());
    if (!code.isEmpty()) {
      error.put("code", code);
      error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
    }
    if (status == 402) {
      error.put("decline_code", "generic_decline");
    }
    if (!param.isEmpty()) {
      error.put("param", param);
    }
    return json;
  }
}
