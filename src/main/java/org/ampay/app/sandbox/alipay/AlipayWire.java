package org.ampay.app.sandbox.alipay;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.app.sandbox.SandboxAnswer;
import org.ampay.app.sandbox.SandboxCall;
import org.ampay.app.sandbox.SandboxWire;

/** Alipay's open platform, signed by RSA2. */
public final class AlipayWire implements SandboxWire {

  static final String NAME = "alipay";
  static final String GATEWAY = "/alipay/gateway.do";
  static final String BILL = "/alipay/bill";

  /** What a QR code leads to: a browser is sent on to the payer's page. */
  static final String CODE = "/alipay/qr/";

  private static final Set<String> PAGES = Set.of("alipay.trade.wap.pay", "alipay.trade.page.pay");
  private static final Pattern CODES = Pattern.compile("(?:bax|fwx)[a-z0-9]{16}");

  private final World world;
  private final AlipayKeys keys;
  private final AlipayNumbers numbers;
  private final Map<String, AlipayDesk> byName = new LinkedHashMap<>();
  private final Map<String, AlipayDesk> byAppId = new LinkedHashMap<>();

  public AlipayWire(World world) {
    this(world, new AlipayKeys(world.secrets()));
  }

  AlipayWire(World world, AlipayKeys keys) {
    this.world = world;
    this.keys = keys;
    this.numbers = new AlipayNumbers(world.time(), world.random());
  }

  @Override
  public String provider() {
    return NAME;
  }

  /** Alipay is told where to call by each call. */
  @Override
  public Map<String, String> account(String merchant, URI callbackUrl) {
    AlipayMerchant it = desk(merchant).merchant();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("app_id", it.appId());
    settings.put("seller_id", it.sellerId());
    settings.put("private_key", keys.merchantPrivateKey());
    settings.put("alipay_public_key", keys.alipayPublicKey());
    settings.put("gateway", world.address().get() + GATEWAY);
    return settings;
  }

  private AlipayDesk desk(String merchant) {
    return byName.computeIfAbsent(
        merchant,
        name -> {
          AlipayDesk made = AlipayDesk.of(keys, AlipayMerchant.named(name), numbers, world);
          byAppId.put(made.merchant().appId(), made);
          return made;
        });
  }

  @Override
  public boolean owns(String path) {
    return path.equals(GATEWAY) || path.equals(BILL) || path.startsWith(CODE);
  }

  /** The SDK puts the method into the query, what it is about into the body; both are signed. */
  private static Map<String, String> parameters(SandboxCall call) {
    Map<String, String> all = new TreeMap<>(call.query());
    if (call.method().equals("POST")) {
      all.putAll(call.form());
    }
    all.remove("");
    return all;
  }

  @Override
  public String operation(SandboxCall call) {
    return call.path().equals(GATEWAY)
        ? operation(parameters(call).getOrDefault("method", ""))
        : call.path().equals(BILL) ? "statement" : "page";
  }

  private static String operation(String method) {
    return switch (method) {
      case "alipay.trade.precreate" -> "present";
      case "alipay.trade.wap.pay", "alipay.trade.page.pay" -> "page";
      case "alipay.trade.query",
          "alipay.trade.fastpay.refund.query",
          "alipay.fund.auth.operation.detail.query" ->
          "query";
      case "alipay.trade.close", "alipay.trade.cancel", "alipay.fund.auth.operation.cancel" ->
          "cancel";
      case "alipay.trade.refund" -> "refund";
      case "alipay.trade.pay" -> "capture";
      case "alipay.fund.auth.order.voucher.create" -> "authorize";
      case "alipay.fund.auth.order.unfreeze" -> "release";
      case "alipay.data.dataservice.bill.downloadurl.query" -> "statement";
      default -> "other";
    };
  }

  /** Alipay's questions are sent by POST too. */
  @Override
  public boolean reads(SandboxCall call) {
    return Set.of("query", "page", "statement").contains(operation(call));
  }

  @Override
  public SandboxAnswer answer(SandboxCall call, Oddity oddity) {
    if (call.path().equals(BILL)) {
      return bill(call);
    }
    if (call.path().startsWith(CODE)) {
      return toPayer(world.address().get() + call.path());
    }
    Map<String, String> all = parameters(call);
    if (PAGES.contains(all.getOrDefault("method", ""))) {
      return toPayer(world.address().get() + GATEWAY + "?" + query(all));
    }
    AlipayDesk desk = byAppId.get(all.getOrDefault("app_id", ""));
    String body =
        desk == null
            ? AlipayGateway.unsigned("40002", "isv.invalid-app-id")
            : desk.gateway().answer(all, oddity);
    return new SandboxAnswer(
        200, "text/html;charset=utf-8", body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private static SandboxAnswer toPayer(String text) {
    return new SandboxAnswer(
        302,
        "text/plain",
        new byte[0],
        Map.of("Location", "/sandbox/payer?qr=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
  }

  private static String query(Map<String, String> parameters) {
    StringBuilder text = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return text.toString();
  }

  /** Nobody gets a bill by an address that this Alipay did not give. */
  private SandboxAnswer bill(SandboxCall call) {
    Map<String, String> query = call.query();
    String appId = query.getOrDefault("app_id", "");
    String day = query.getOrDefault("day", "");
    AlipayDesk desk = byAppId.get(appId);
    return desk == null || !keys.isOurs(appId + day, query.getOrDefault("sign", ""))
        ? new SandboxAnswer(403, "text/plain", new byte[0], Map.of())
        : new SandboxAnswer(
            200,
            "application/zip",
            AlipayBill.zip(desk.state(), desk.merchant().sellerId(), day),
            Map.of());
  }

  @Override
  public Optional<Asked> asked(String text) {
    Optional<Map<String, String>> page = page(text);
    if (page.isPresent()) {
      return deskOf(page.get()).payer().asked(page.get());
    }
    String code = code(text);
    return byName.values().stream()
        .map(desk -> desk.payer().asked(code))
        .flatMap(Optional::stream)
        .findFirst();
  }

  @Override
  public boolean act(String text, Act act) {
    Optional<Map<String, String>> page = page(text);
    if (page.isPresent()) {
      return deskOf(page.get()).payer().act(page.get(), act);
    }
    String code = code(text);
    return byName.values().stream().anyMatch(desk -> desk.payer().act(code, act));
  }

  private static String code(String text) {
    Matcher code = CODES.matcher(text);
    return code.find() ? code.group() : "";
  }

  /** What a merchant of ours signed into the address of a page; empty: it is no such address. */
  private Optional<Map<String, String>> page(String text) {
    int at = text.indexOf(GATEWAY + "?");
    if (at < 0) {
      return Optional.empty();
    }
    Map<String, String> all =
        new TreeMap<>(new SandboxCall("GET", text.substring(at), Map.of(), new byte[0]).query());
    return PAGES.contains(all.getOrDefault("method", ""))
            && byAppId.containsKey(all.getOrDefault("app_id", ""))
            && keys.isByMerchant(all)
        ? Optional.of(all)
        : Optional.empty();
  }

  private AlipayDesk deskOf(Map<String, String> page) {
    return Objects.requireNonNull(byAppId.get(page.get("app_id")), "asked before");
  }

  /** Exactly these seven letters; anything else is sent again. */
  @Override
  public boolean acknowledged(int status, String body) {
    return status == 200 && body.equals("success");
  }
}
