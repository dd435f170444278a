package org.ampay.app.sandbox.wechat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.app.sandbox.SandboxAnswer;
import org.ampay.app.sandbox.SandboxCall;
import org.ampay.app.sandbox.SandboxWire;

/** WeChat Pay, API v3. */
public final class WechatWire implements SandboxWire {

  static final String NAME = "wechat";

  /** The page that a phone's browser is sent to. */
  private static final String H5 = "/wechat/h5";

  private final World world;
  private final WechatKeys keys;
  private final Map<String, WechatDesk> byName = new LinkedHashMap<>();
  private final Map<String, WechatDesk> byMchId = new LinkedHashMap<>();

  public WechatWire(World world) {
    this(world, new WechatKeys(world.secrets()));
  }

  WechatWire(World world, WechatKeys keys) {
    this.world = world;
    this.keys = keys;
  }

  @Override
  public String provider() {
    return NAME;
  }

  /** By public key, with PayScore and profit sharing. WeChat is told where to call by each call. */
  @Override
  public Map<String, String> account(String merchant, URI callbackUrl) {
    WechatMerchant it = desk(merchant).merchant();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("mch_id", it.mchId());
    settings.put("app_id", it.appId());
    settings.put("merchant_serial_no", keys.merchantSerial);
    settings.put("private_key", keys.merchantPrivateKey());
    settings.put("api_v3_key", keys.apiV3Key);
    settings.put("platform_public_key_id", keys.publicKeyId);
    settings.put("platform_public_key", keys.platformPublicKey());
    settings.put("payscore_service_id", it.serviceId());
    settings.put("api_v2_key", keys.apiV2Key);
    settings.put("profit_sharing", "true");
    settings.put("gateway", world.address().get().toString());
    return settings;
  }

  private WechatDesk desk(String merchant) {
    return byName.computeIfAbsent(
        merchant,
        name -> {
          WechatDesk made = WechatDesk.of(keys, WechatMerchant.named(name), world);
          byMchId.put(made.merchant().mchId(), made);
          return made;
        });
  }

  /** Signs what goes to a merchant. */
  WechatSignatures signatures(String merchant) {
    return desk(merchant).signatures();
  }

  @Override
  public boolean owns(String path) {
    return path.startsWith("/v3/") || path.equals(H5);
  }

  @Override
  public String operation(SandboxCall call) {
    List<String> path = call.segments();
    String under = path.size() < 3 ? call.path() : path.get(1) + "/" + path.get(2);
    boolean post = call.method().equals("POST");
    String last = path.getLast();
    return switch (under) {
      case "pay/transactions" -> !post ? "query" : last.equals("close") ? "cancel" : "present";
      case "refund/domestic" -> post ? "refund" : "query";
      case "profitsharing/orders" -> post ? "split" : "query";
      case "payscore/serviceorder" -> post ? score(last) : "query";
      case "bill/tradebill", "billdownload/file" -> "statement";
      default -> "other";
    };
  }

  private static String score(String last) {
    return switch (last) {
      case "complete" -> "capture";
      case "cancel" -> "release";
      default -> "authorize";
    };
  }

  @Override
  public SandboxAnswer answer(SandboxCall call, Oddity oddity) {
    if (call.path().equals(H5)) {
      String text = world.address().get() + call.target();
      return new SandboxAnswer(
          302,
          "text/plain",
          new byte[0],
          Map.of(
              "Location", "/sandbox/payer?qr=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
    }
    WechatDesk desk = byMchId.get(WechatSignatures.caller(call));
    return desk == null
        ? WechatApi.refused(new WechatError(401, "SIGN_ERROR", "an unknown merchant"))
        : new WechatApi(desk, world.address()).answer(call, oddity);
  }

  @Override
  public Optional<Asked> asked(String text) {
    return byName.values().stream()
        .map(desk -> new WechatPayer(desk).asked(text))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A payer who declines or leaves may come again: WeChat keeps the order open. */
  @Override
  public boolean act(String text, Act act) {
    return switch (act) {
      case PAY -> byName.values().stream().anyMatch(desk -> new WechatPayer(desk).agree(text));
      case DECLINE, CANCEL -> asked(text).map(Asked::open).orElse(false);
    };
  }

  /** Any status of success, with or without content. */
  @Override
  public boolean acknowledged(int status, String body) {
    return status == 200 || status == 204;
  }
}
