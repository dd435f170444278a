package org.ampay.payment.provider.wechat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.AeadCipher;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.notification.Notification;
import com.wechat.pay.java.core.notification.Resource;
import com.wechat.pay.java.core.util.GsonUtil;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.payments.model.TransactionAmount;
import com.wechat.pay.java.service.refund.model.Amount;
import com.wechat.pay.java.service.refund.model.RefundNotification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.RawCallback;
import org.jspecify.annotations.Nullable;

/**
 * WeChat's callbacks: signed over time, nonce and body, the content encrypted with the merchant's
 * API v3 key. The SDK's parser checks neither time nor merchant, so its parts are used one by one.
 */
final class WechatCallbacks {

  private static final long FRESH_SECONDS = Duration.ofMinutes(5).toSeconds();
  private static final int LARGEST = 256 * 1024;
  private static final String SIGNED = "WECHATPAY2-SHA256-RSA2048";
  private static final String ENCRYPTED = "AEAD_AES_256_GCM";

  private final WechatSettings settings;
  private final Verifier verifier;
  private final AeadCipher cipher;
  private final Gson gson = GsonUtil.getGson();

  WechatCallbacks(WechatClient client) {
    this.settings = client.settings;
    this.verifier = client.verifier();
    this.cipher = new AeadAesCipher(client.settings.apiV3Key());
  }

  /** Headers of a signature, all of them. */
  private record Signature(String serial, String signature, String timestamp, String nonce) {}

  Callback verify(RawCallback raw) {
    if (raw.body().length > LARGEST) {
      return refused(Callback.Refusal.TOO_LARGE);
    }
    Optional<Signature> signature = signature(raw);
    if (signature.isEmpty()) {
      return refused(Callback.Refusal.NO_SIGNATURE);
    }
    if (!isSigned(raw, signature.get())) {
      return refused(Callback.Refusal.WRONG_SIGNATURE);
    }
    try {
      long age =
          Math.subtractExact(
              raw.receivedAt().getEpochSecond(), Long.parseLong(signature.get().timestamp()));
      if (age > FRESH_SECONDS) {
        return refused(Callback.Refusal.TOO_OLD);
      }
      return age < -FRESH_SECONDS ? refused(Callback.Refusal.FROM_THE_FUTURE) : read(raw.body());
    } catch (RuntimeException e) {
      // Well signed, but no form that we know: told once, as what it is.
      return refused(Callback.Refusal.UNREADABLE);
    }
  }

  private static Optional<Signature> signature(RawCallback raw) {
    Optional<String> serial = raw.header("Wechatpay-Serial");
    Optional<String> signature = raw.header("Wechatpay-Signature");
    Optional<String> timestamp = raw.header("Wechatpay-Timestamp");
    Optional<String> nonce = raw.header("Wechatpay-Nonce");
    return serial.isEmpty() || signature.isEmpty() || timestamp.isEmpty() || nonce.isEmpty()
        ? Optional.empty()
        : Optional.of(new Signature(serial.get(), signature.get(), timestamp.get(), nonce.get()));
  }

  private boolean isSigned(RawCallback raw, Signature by) {
    if (!raw.header("Wechatpay-Signature-Type").orElse(SIGNED).equals(SIGNED)) {
      return false;
    }
    String body = new String(raw.body(), StandardCharsets.UTF_8);
    String message = by.timestamp() + "\n" + by.nonce() + "\n" + body + "\n";
    try {
      return verifier.verify(by.serial(), message, by.signature());
    } catch (RuntimeException e) {
      // A serial number or Base64 that is none.
      return false;
    }
  }

  private Callback read(byte[] body) {
    Notification notification =
        gson.fromJson(new String(body, StandardCharsets.UTF_8), Notification.class);
    Resource resource = notification.getResource();
    String id = notification.getId();
    if (id == null || id.isBlank() || id.length() > 100) {
      return refused(Callback.Refusal.UNREADABLE);
    }
    if (!ENCRYPTED.equals(resource.getAlgorithm())) {
      return refused(Callback.Refusal.UNREADABLE);
    }
    String text =
        cipher.decrypt(
            Objects.requireNonNullElse(resource.getAssociatedData(), "")
                .getBytes(StandardCharsets.UTF_8),
            resource.getNonce().getBytes(StandardCharsets.UTF_8),
            Base64.getDecoder().decode(resource.getCiphertext()));
    JsonObject content = gson.fromJson(text, JsonObject.class);
    if (!settings.mchId().equals(text(content, "mchid"))) {
      return refused(Callback.Refusal.OTHER_MERCHANT);
    }
    return switch (Objects.requireNonNullElse(resource.getOriginalType(), "")) {
      case "transaction" -> payment(id, content);
      case "refund" -> refund(id, content);
      case "payscore" -> score(id, content);
      default -> new Callback.Irrelevant(id);
    };
  }

  private Callback payment(String id, JsonObject content) {
    if (!settings.appId().equals(text(content, "appid"))) {
      return refused(Callback.Refusal.OTHER_MERCHANT);
    }
    Transaction told = gson.fromJson(content, Transaction.class);
    TransactionAmount amount = told.getAmount();
    if (!Fen.CURRENCY.equals(amount.getCurrency())) {
      return refused(Callback.Refusal.OTHER_CURRENCY);
    }
    Money total = Fen.of(amount.getTotal());
    return new Callback.News(
        id,
        told.getOutTradeNo(),
        Objects.requireNonNullElse(told.getTransactionId(), ""),
        total,
        Trades.outcome(told, total));
  }

  private Callback refund(String id, JsonObject content) {
    RefundNotification told = gson.fromJson(content, RefundNotification.class);
    Amount amount = told.getAmount();
    Money refunded = Fen.of(amount.getRefund());
    return new Callback.News(
        id,
        told.getOutRefundNo(),
        Objects.requireNonNullElse(told.getRefundId(), ""),
        refunded,
        WechatRefunds.outcome(told.getRefundStatus(), amount, told.getRefundId(), refunded));
  }

  /** That a payer agreed is about the authorization; that he paid, about the capture. */
  private Callback score(String id, JsonObject content) {
    if (!settings.appId().equals(text(content, "appid"))) {
      return refused(Callback.Refusal.OTHER_MERCHANT);
    }
    ServiceOrder told = gson.fromJson(content, ServiceOrder.class);
    return switch (told.stage()) {
      case AGREED -> {
        Money most = Fen.of(Objects.requireNonNull(told.riskFund()).amountOrThrow());
        yield new Callback.News(
            id,
            Objects.requireNonNull(told.outOrderNo()),
            Objects.requireNonNullElse(told.orderId(), ""),
            most,
            PayScore.agreed(told, most));
      }
      case TAKEN, TAKING -> {
        Money total = Fen.of(Objects.requireNonNull(told.totalAmount()));
        yield new Callback.News(
            id, told.captureReference(), told.transactionId(), total, PayScore.taken(told, total));
      }
      case ASKED, REVOKED, EXPIRED, UNKNOWN -> new Callback.Irrelevant(id);
    };
  }

  private static @Nullable String text(JsonObject content, String name) {
    JsonElement value = content.get(name);
    return value == null || !value.isJsonPrimitive() ? null : value.getAsString();
  }

  private static Callback refused(Callback.Refusal why) {
    return new Callback.Refused(why);
  }
}
