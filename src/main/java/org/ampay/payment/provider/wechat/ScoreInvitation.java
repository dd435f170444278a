package org.ampay.payment.provider.wechat;

import com.google.gson.JsonObject;
import com.wechat.pay.java.core.http.UrlEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ampay.base.TimeSource;

/**
 * What the payer's app is told to open, so that he agrees to a PayScore order. Signed in the manner
 * of API v2: there is no other, and the SDK has nothing for it.
 */
final class ScoreInvitation {

  private final String apiV2Key;
  private final TimeSource time;
  private final SecureRandom random;

  ScoreInvitation(String apiV2Key, TimeSource time, SecureRandom random) {
    this.apiV2Key = apiV2Key;
    this.time = time;
    this.random = random;
  }

  /** For {@code WeixinJSBridge.invoke(call, args)} and {@code wx.openBusinessView(args)}. */
  String of(String mchId, String pack) {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    Map<String, String> fields = new TreeMap<>();
    fields.put("mch_id", mchId);
    fields.put("package", pack);
    fields.put("timestamp", Long.toString(time.now().getEpochSecond()));
    fields.put("nonce_str", HexFormat.of().formatHex(nonce));
    fields.put("sign_type", "HMAC-SHA256");
    fields.put("sign", sign(fields, apiV2Key));
    JsonObject extra = new JsonObject();
    fields.forEach(extra::addProperty);
    JsonObject args = new JsonObject();
    args.addProperty("businessType", "wxpayScoreUse");
    args.add("extraData", extra);
    args.addProperty(
        "queryString",
        fields.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + UrlEncoder.urlEncode(pair.getValue()))
            .collect(Collectors.joining("&")));
    JsonObject call = new JsonObject();
    call.addProperty("call", "openBusinessView");
    call.add("args", args);
    return call.toString();
  }

  /** Fields by name, then the key; HMAC-SHA256 in upper-case hex. */
  static String sign(Map<String, String> fields, String key) {
    String text =
        new TreeMap<>(fields)
                .entrySet().stream()
                    .map(pair -> pair.getKey() + "=" + pair.getValue())
                    .collect(Collectors.joining("&"))
            + "&key="
            + key;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of()
          .withUpperCase()
          .formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is in every Java", e);
    }
  }
}
