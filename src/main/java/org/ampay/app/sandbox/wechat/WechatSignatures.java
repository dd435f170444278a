package org.ampay.app.sandbox.wechat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.app.sandbox.SandboxCall;
import org.ampay.app.sandbox.SandboxCallbacks;
import org.ampay.base.TimeSource;

/** WeChat's signatures and those of its merchant. */
final class WechatSignatures {

  private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
  private static final Pattern FIELD = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
  private static final long FRESH_SECONDS = 300;

  private final WechatKeys keys;
  private final WechatMerchant merchant;
  private final TimeSource time;

  /** By which of its keys WeChat signs callbacks: as the merchant has it in his calls. */
  private volatile String serial;

  WechatSignatures(WechatKeys keys, WechatMerchant merchant, TimeSource time) {
    this.keys = keys;
    this.merchant = merchant;
    this.time = time;
    this.serial = keys.publicKeyId;
  }

  /** Who claims to call; empty: nobody does. */
  static String caller(SandboxCall call) {
    return fields(call).getOrDefault("mchid", "");
  }

  private static Map<String, String> fields(SandboxCall call) {
    Map<String, String> fields = new LinkedHashMap<>();
    String authorization = call.header("authorization");
    if (authorization.startsWith(SCHEME)) {
      Matcher each = FIELD.matcher(authorization.substring(SCHEME.length()));
      while (each.find()) {
        fields.put(each.group(1), each.group(2));
      }
    }
    return fields;
  }

  /** Refuses a call that the merchant did not sign. */
  void check(SandboxCall call) throws WechatError {
    Map<String, String> fields = fields(call);
    String timestamp = fields.getOrDefault("timestamp", "");
    String message =
        String.join(
            "\n",
            call.method(),
            call.target(),
            timestamp,
            fields.getOrDefault("nonce_str", ""),
            call.text(),
            "");
    if (!merchant.mchId().equals(fields.get("mchid"))
        || !keys.merchantSerial.equals(fields.get("serial_no"))
        || !isFresh(timestamp)
        || !keys.isMerchants(message, fields.getOrDefault("signature", ""))) {
      throw new WechatError(401, "SIGN_ERROR", "the signature is wrong");
    }
    serial = serial(call);
  }

  /**
   * The merchant's SDK signs by the clock of the machine, whatever the time is here; a call that is
   * repeated from the gateway's file was fresh when it came.
   */
  private boolean isFresh(String timestamp) {
    return timestamp.matches("[0-9]{1,12}")
        && (isNear(timestamp, Instant.now()) || isNear(timestamp, time.now()));
  }

  private static boolean isNear(String timestamp, Instant now) {
    return Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) <= FRESH_SECONDS;
  }

  /**
   * Headers of an answer; by the clock of the machine, as the merchant's SDK reads it.
   *
   * @param forged signed by a key that is nobody's
   */
  Map<String, String> ofAnswer(SandboxCall call, String body, boolean forged) {
    return headers(serial(call), Long.toString(Instant.now().getEpochSecond()), body, forged);
  }

  private String serial(SandboxCall call) {
    return call.header("wechatpay-serial").equals(keys.publicKeyId)
        ? keys.publicKeyId
        : keys.platformSerial();
  }

  private Map<String, String> headers(String by, String timestamp, String body, boolean forged) {
    String nonce = keys.letters(32);
    String message = timestamp + "\n" + nonce + "\n" + body + "\n";
    return Map.of(
        "Wechatpay-Serial",
        by,
        "Wechatpay-Timestamp",
        timestamp,
        "Wechatpay-Nonce",
        nonce,
        "Wechatpay-Signature",
        forged ? keys.forge(message) : keys.sign(message));
  }

  /** A callback on its way: the id stays when it is sent again, the signature is new each time. */
  record Told(String id, String event, String type, ObjectNode content) {}

  SandboxCallbacks.Letter signed(Told told, Instant at, boolean forged) {
    String nonce = keys.letters(12);
    ObjectNode body = WechatJson.MAPPER.createObjectNode();
    body.put("id", told.id());
    body.put("create_time", WechatJson.time(at));
    body.put("resource_type", "encrypt-resource");
    body.put("event_type", told.event());
    body.put("summary", told.event());
    body.putObject("resource")
        .put("original_type", told.type())
        .put("algorithm", "AEAD_AES_256_GCM")
        .put("ciphertext", keys.encrypt(told.type(), nonce, told.content().toString()))
        .put("associated_data", told.type())
        .put("nonce", nonce);
    String text = body.toString();
    Map<String, String> headers = new HashMap<>(signedText(text, at, forged));
    headers.put("Content-Type", "application/json");
    return new SandboxCallbacks.Letter(headers, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Headers of a callback. */
  Map<String, String> signedText(String text, Instant at, boolean forged) {
    return headers(serial, Long.toString(at.getEpochSecond()), text, forged);
  }
}
