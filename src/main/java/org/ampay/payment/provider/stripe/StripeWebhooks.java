package org.ampay.payment.provider.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.Callback.Refusal;
import org.ampay.payment.provider.RawCallback;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's webhooks: {@code Stripe-Signature: t=…,v1=…} over time and raw body. The SDK checks the
 * signature; that the time is near ours, and that the event is for this account, is checked here.
 */
final class StripeWebhooks {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern TIME = Pattern.compile("(?:^|,)\\s*t=(\\d{1,12})(?:,|$)");
  private static final Duration FRESH = Duration.ofSeconds(300);

  /** The SDK's own look at the clock is left out: it would ask the wall. */
  private static final long ANY_AGE = 0;

  private final String secret;
  private final @Nullable String connected;
  private final boolean live;

  /**
   * Webhooks of an endpoint.
   *
   * @param secret of the endpoint
   * @param connected the connected account that we act for; null: our own
   * @param live whether the account's key moves real money
   */
  StripeWebhooks(String secret, @Nullable String connected, boolean live) {
    this.secret = secret;
    this.connected = connected;
    this.live = live;
  }

  Callback verify(RawCallback raw) {
    Optional<String> signature = raw.header("stripe-signature");
    if (signature.isEmpty()) {
      return new Callback.Refused(Refusal.NO_SIGNATURE);
    }
    String payload;
    try {
      payload = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw.body())).toString();
    } catch (CharacterCodingException e) {
      return new Callback.Refused(Refusal.WRONG_SIGNATURE);
    }
    return isSigned(payload, signature.get())
        ? fresh(raw.receivedAt(), signature.get())
            .<Callback>map(Callback.Refused::new)
            .orElseGet(() -> read(payload))
        : new Callback.Refused(Refusal.WRONG_SIGNATURE);
  }

  private boolean isSigned(String payload, String signature) {
    try {
      return Webhook.Signature.verifyHeader(payload, signature, secret, ANY_AGE);
    } catch (SignatureVerificationException | RuntimeException e) {
      return false;
    }
  }

  private static Optional<Refusal> fresh(Instant receivedAt, String signature) {
    Matcher matcher = TIME.matcher(signature);
    if (!matcher.find()) {
      return Optional.of(Refusal.WRONG_SIGNATURE);
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(matcher.group(1)));
    if (signed.isBefore(receivedAt.minus(FRESH))) {
      return Optional.of(Refusal.TOO_OLD);
    }
    return signed.isAfter(receivedAt.plus(FRESH))
        ? Optional.of(Refusal.FROM_THE_FUTURE)
        : Optional.empty();
  }

  private Callback read(String payload) {
    try {
      JsonNode event = MAPPER.readTree(payload);
      String id = event.path("id").asText();
      if (id.isEmpty() || id.length() > 100 || !event.path("data").path("object").isObject()) {
        return new Callback.Refused(Refusal.UNREADABLE);
      }
      return isForUs(event)
          ? StripeEvents.read(id, event.path("type").asText(), event.path("data").path("object"))
          : new Callback.Refused(Refusal.OTHER_MERCHANT);
    } catch (JsonProcessingException | RuntimeException e) {
      return new Callback.Refused(Refusal.UNREADABLE);
    }
  }

  /** An event names an account only when it is one of a connected account. */
  private boolean isForUs(JsonNode event) {
    String account = event.path("account").asText("");
    return account.equals(connected == null ? "" : connected)
        && event.path("livemode").asBoolean() == live;
  }
}
