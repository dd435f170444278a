package org.ampay.payment.provider.alipay;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.ampay.base.Money;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.RawCallback;
import org.jspecify.annotations.Nullable;

/**
 * Alipay's notifications: forms, signed over all parameters but {@code sign} and {@code sign_type}.
 *
 * <p>Alipay defines {@code notify_time} as when the notification was sent, and keeps {@code
 * notify_id} over its repeats (after 4 and 10 minutes, hours later and so on): so a time of more
 * than five minutes away is a replay. Should a repeat carry the first time all the same, it is
 * refused and nothing is lost by that: the query, which never stops, tells the same.
 */
final class AlipayCallbacks {

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int LARGEST = 256 * 1024;
  private static final int MOST_PARAMETERS = 200;
  private static final int LONGEST_ID = 100;

  private final AlipaySettings settings;

  AlipayCallbacks(AlipaySettings settings) {
    this.settings = settings;
  }

  Callback verify(RawCallback raw) {
    if (raw.body().length > LARGEST) {
      return refused(Callback.Refusal.TOO_LARGE);
    }
    Map<String, String> form = form(new String(raw.body(), StandardCharsets.UTF_8));
    if (form == null) {
      return refused(Callback.Refusal.UNREADABLE);
    }
    if (form.getOrDefault("sign", "").isBlank()) {
      return refused(Callback.Refusal.NO_SIGNATURE);
    }
    if (!isSigned(form)) {
      return refused(Callback.Refusal.WRONG_SIGNATURE);
    }
    try {
      Duration age =
          Duration.between(Shanghai.parse(form.getOrDefault("notify_time", "")), raw.receivedAt());
      if (age.compareTo(FRESH) > 0) {
        return refused(Callback.Refusal.TOO_OLD);
      }
      return age.compareTo(FRESH.negated()) < 0
          ? refused(Callback.Refusal.FROM_THE_FUTURE)
          : read(form);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      // Well signed, but no form that we know: told once, as what it is.
      return refused(Callback.Refusal.UNREADABLE);
    }
  }

  /** Null: no form, or a parameter comes twice, which could be read in two ways. */
  static @Nullable Map<String, String> form(String body) {
    Map<String, String> values = new HashMap<>();
    String[] pairs = body.strip().split("&", MOST_PARAMETERS + 1);
    if (pairs.length > MOST_PARAMETERS) {
      return null;
    }
    try {
      for (String pair : pairs) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
          return null;
        }
        String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        if (values.put(name, value) != null) {
          return null;
        }
      }
    } catch (IllegalArgumentException e) {
      return null;
    }
    return values;
  }

  private boolean isSigned(Map<String, String> form) {
    if (!"RSA2".equals(form.getOrDefault("sign_type", "RSA2"))) {
      return false;
    }
    try {
      // The SDK takes the signature out of the map it is given.
      return AlipaySignature.rsaCheckV1(
          new HashMap<>(form), settings.alipayPublicKey(), "UTF-8", "RSA2");
    } catch (AlipayApiException | RuntimeException e) {
      return false;
    }
  }

  private Callback read(Map<String, String> form) {
    String id = form.getOrDefault("notify_id", "");
    if (id.isBlank() || id.length() > LONGEST_ID) {
      return refused(Callback.Refusal.UNREADABLE);
    }
    if (!isOurs(form)) {
      return refused(Callback.Refusal.OTHER_MERCHANT);
    }
    return switch (form.getOrDefault("notify_type", "")) {
      case "trade_status_sync" -> trade(id, form);
      case "fund_auth_freeze" -> freeze(id, form);
      default -> new Callback.Irrelevant(id);
    };
  }

  /** By application and by seller; a freeze names the seller as payee. */
  private boolean isOurs(Map<String, String> form) {
    String app = form.get("app_id");
    String seller =
        form.containsKey("seller_id") ? form.get("seller_id") : form.get("payee_user_id");
    return (app != null || seller != null)
        && (app == null || app.equals(settings.appId()))
        && (seller == null || seller.equals(settings.sellerId()));
  }

  /** News of refunds tell the sum of all refunds: what became of one is told by its answer. */
  private static Callback trade(String id, Map<String, String> form) {
    if (form.containsKey("gmt_refund") || form.containsKey("refund_fee")) {
      return new Callback.Irrelevant(id);
    }
    if (!Yuan.CURRENCY.equals(form.getOrDefault("trans_currency", Yuan.CURRENCY))) {
      return refused(Callback.Refusal.OTHER_CURRENCY);
    }
    Money total = Yuan.parse(form.get("total_amount"));
    String ref = form.getOrDefault("trade_no", "");
    String reference = form.getOrDefault("out_trade_no", "");
    if (reference.isEmpty()) {
      return refused(Callback.Refusal.UNREADABLE);
    }
    Outcome outcome = Trades.state(form.get("trade_status"), ref, form.get("total_amount"), total);
    return outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Pending
        ? new Callback.Irrelevant(id)
        : new Callback.News(id, reference, ref, total, outcome);
  }

  private static Callback freeze(String id, Map<String, String> form) {
    if (!"FREEZE".equals(form.getOrDefault("operation_type", "FREEZE"))) {
      return new Callback.Irrelevant(id);
    }
    Money amount = Yuan.parse(form.get("amount"));
    String ref = form.getOrDefault("auth_no", "");
    String reference = form.getOrDefault("out_request_no", "");
    if (reference.isEmpty()) {
      return refused(Callback.Refusal.UNREADABLE);
    }
    return switch (form.getOrDefault("status", "")) {
      case "SUCCESS" ->
          new Callback.News(
              id,
              reference,
              ref,
              amount,
              new Outcome.Succeeded(amount, Money.zero(Yuan.CURRENCY), ref));
      case "CLOSED" ->
          new Callback.News(id, reference, ref, amount, new Outcome.Declined("closed"));
      default -> new Callback.Irrelevant(id);
    };
  }

  private static Callback refused(Callback.Refusal why) {
    return new Callback.Refused(why);
  }
}
