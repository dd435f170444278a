package org.ampay.app.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ampay.app.sandbox.SandboxCallbacks.Letter;

/** Stripe's events and how it signs them. */
final class StripeHooks {

  private static final String FOREIGN = "whsec_of_somebody_else_entirely";

  private final StripeStore store;

  StripeHooks(StripeStore store) {
    this.store = store;
  }

  /** Tells a merchant what happened to an object, as it is now. */
  void tell(Merchant merchant, String type, ObjectNode object) {
    ObjectNode event = StripeStore.MAPPER.createObjectNode();
    event
        .put("id", "evt_" + store.letters(24))
        .put("object", "event")
        .put("api_version", com.stripe.Stripe.API_VERSION)
        .put("created", store.now())
        .put("livemode", false)
        .put("pending_webhooks", 1)
        .put("type", type);
    event.putObject("data").set("object", object.deepCopy());
    event.putObject("request").putNull("id").putNull("idempotency_key");
    byte[] body = event.toString().getBytes(StandardCharsets.UTF_8);
    store
        .world()
        .callbacks()
        .send(
            StripeWire.NAME,
            type,
            merchant.callbacks(),
            (at, forged) -> letter(forged ? FOREIGN : merchant.webhookSecret(), at, body));
  }

  /** An event as it goes out. */
  static Letter letter(String secret, Instant at, byte[] body) {
    return new Letter(
        Map.of(
            "content-type", "application/json; charset=utf-8",
            "user-agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "stripe-signature", signature(secret, at.getEpochSecond(), body)),
        body);
  }

  private static String signature(String secret, long at, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((at + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + at + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
