package org.ampay.app.sandbox.wechat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.ampay.app.sandbox.SandboxAnswer;
import org.ampay.app.sandbox.SandboxCall;
import org.ampay.app.sandbox.SandboxWire;
import org.jspecify.annotations.Nullable;

/** WeChat Pay's API v3: what a merchant calls, and what it answers, signed. */
final class WechatApi {

  private static final String JSON = "application/json; charset=utf-8";

  private final WechatMerchant merchant;
  private final WechatState state;
  private final WechatJson json;
  private final WechatSignatures signatures;
  private final WechatEvents events;
  private final WechatBillDesk bills;
  private final Supplier<URI> address;

  /**
   * The API.
   *
   * @param address of this WeChat, for pages and downloads
   */
  WechatApi(WechatDesk desk, Supplier<URI> address) {
    this.merchant = desk.merchant();
    this.state = desk.state();
    this.json = desk.json();
    this.signatures = desk.signatures();
    this.events = desk.events();
    this.bills = desk.bills();
    this.address = address;
  }

  SandboxAnswer answer(SandboxCall call, SandboxWire.Oddity oddity) {
    try {
      signatures.check(call);
      List<String> path = call.segments();
      if (path.equals(List.of("v3", "billdownload", "file"))) {
        return bills.file(call);
      }
      Optional<ObjectNode> said = dispatch(call, path, oddity == SandboxWire.Oddity.DECLINE);
      String body = said.map(ObjectNode::toString).orElse("");
      return new SandboxAnswer(
          said.isEmpty() ? 204 : 200,
          JSON,
          body.getBytes(StandardCharsets.UTF_8),
          signatures.ofAnswer(call, body, oddity == SandboxWire.Oddity.FORGED_SIGNATURE));
    } catch (WechatError e) {
      return refused(e);
    }
  }

  /** Not signed, as WeChat's errors are not. */
  static SandboxAnswer refused(WechatError e) {
    ObjectNode error = WechatJson.MAPPER.createObjectNode();
    error.put("code", e.code).put("message", e.getMessage());
    return SandboxAnswer.json(e.status, error.toString());
  }

  private Optional<ObjectNode> dispatch(SandboxCall call, List<String> path, boolean refuse)
      throws WechatError {
    boolean post = call.method().equals("POST");
    String under = path.size() < 3 ? "" : path.get(1) + "/" + path.get(2);
    return switch (under) {
      case "pay/transactions" -> pay(call, path, post, refuse);
      case "refund/domestic" ->
          Optional.of(post ? refund(body(call), refuse) : json.refund(asked(path, 4), "SUCCESS"));
      case "profitsharing/orders" ->
          Optional.of(
              post ? split(body(call), refuse) : json.split(state.split(segment(path, 3)), true));
      case "payscore/serviceorder" -> Optional.of(score(call, path, post, refuse));
      case "bill/tradebill" -> Optional.of(bills.link(call, address.get().toString()));
      default -> throw new WechatError(404, "NOT_FOUND", "no such address");
    };
  }

  private RefundRow asked(List<String> path, int at) throws WechatError {
    return state.refund(segment(path, at));
  }

  private static String segment(List<String> path, int at) throws WechatError {
    if (at >= path.size()) {
      throw new WechatError(404, "NOT_FOUND", "no such address");
    }
    return path.get(at);
  }

  private static JsonNode body(SandboxCall call) throws WechatError {
    try {
      return WechatJson.MAPPER.readTree(call.text());
    } catch (JsonProcessingException e) {
      throw WechatError.parameter("no JSON");
    }
  }

  private Optional<ObjectNode> pay(
      SandboxCall call, List<String> path, boolean post, boolean refuse) throws WechatError {
    String what = segment(path, 3);
    switch (what) {
      case "native", "h5", "jsapi" -> {
        return Optional.of(order(what, body(call), refuse));
      }
      case "id" -> {
        return Optional.of(json.trade(state.byTransaction(segment(path, 4))));
      }
      case "out-trade-no" -> {
        if (!post) {
          return Optional.of(json.trade(state.trade(segment(path, 4))));
        }
        state.close(segment(path, 4));
        return Optional.empty();
      }
      default -> throw new WechatError(404, "NOT_FOUND", "no such address");
    }
  }

  private ObjectNode order(String type, JsonNode body, boolean refuse) throws WechatError {
    checkMerchant(body);
    JsonNode amount = body.path("amount");
    if (!amount.path("currency").asText("CNY").equals("CNY")) {
      throw WechatError.parameter("currency is not CNY");
    }
    long total = WechatJson.fen(amount, "total");
    if (total == 0) {
      throw WechatError.parameter("total is nothing");
    }
    Trade trade =
        state.order(
            new Trade.Wanted(
                number(body, "out_trade_no"),
                type.equals("h5") ? "MWEB" : type.toUpperCase(Locale.ROOT),
                WechatJson.text(body, "description"),
                total,
                expires(body),
                WechatJson.text(body, "notify_url"),
                body.path("settle_info").path("profit_sharing").asBoolean(false)),
            refuse);
    ObjectNode said = WechatJson.MAPPER.createObjectNode();
    return switch (type) {
      case "native" -> said.put("code_url", "weixin://wxpay/bizpayurl?pr=" + trade.key);
      case "h5" -> {
        WechatJson.text(body.path("scene_info"), "payer_client_ip");
        yield said.put("h5_url", address.get() + "/wechat/h5?prepay_id=" + trade.key);
      }
      default -> {
        WechatJson.text(body.path("payer"), "openid");
        yield said.put("prepay_id", trade.key);
      }
    };
  }

  private void checkMerchant(JsonNode body) throws WechatError {
    if (!WechatJson.text(body, "appid").equals(merchant.appId())
        || !body.path("mchid").asText(merchant.mchId()).equals(merchant.mchId())) {
      throw new WechatError(400, "APPID_MCHID_NOT_MATCH", "appid and mchid do not match");
    }
  }

  private static String number(JsonNode body, String name) throws WechatError {
    String number = WechatJson.text(body, name);
    if (!number.matches("[0-9A-Za-z_*|@-]{6,32}")) {
      throw WechatError.parameter(name + " has 6 to 32 letters and digits");
    }
    return number;
  }

  private static @Nullable Instant expires(JsonNode body) throws WechatError {
    JsonNode at = body.path("time_expire");
    try {
      return at.isMissingNode() ? null : OffsetDateTime.parse(at.asText()).toInstant();
    } catch (DateTimeParseException e) {
      throw WechatError.parameter("time_expire is no time");
    }
  }

  private ObjectNode refund(JsonNode body, boolean refuse) throws WechatError {
    Trade trade =
        body.hasNonNull("transaction_id")
            ? state.byTransaction(body.path("transaction_id").asText())
            : state.trade(WechatJson.text(body, "out_trade_no"));
    JsonNode amount = body.path("amount");
    WechatState.Made<RefundRow> made =
        state.refund(
            trade,
            new WechatState.RefundWanted(
                number(body, "out_refund_no"),
                WechatJson.fen(amount, "refund"),
                WechatJson.fen(amount, "total"),
                body.path("notify_url").asText("")),
            refuse);
    if (made.isNew()) {
      events.refunded(made.it());
    }
    // A refund is under way at first; a query finds it done.
    boolean closed = made.it().status().equals("CLOSED");
    return json.refund(made.it(), made.isNew() && !closed ? "PROCESSING" : made.it().status());
  }

  private ObjectNode split(JsonNode body, boolean refuse) throws WechatError {
    List<SplitRow.Receiver> receivers = new ArrayList<>();
    for (JsonNode one : body.path("receivers")) {
      receivers.add(
          new SplitRow.Receiver(
              WechatJson.text(one, "type"),
              WechatJson.text(one, "account"),
              WechatJson.fen(one, "amount"),
              WechatJson.text(one, "description")));
    }
    WechatState.Made<SplitRow> made =
        state.split(
            number(body, "out_order_no"),
            state.byTransaction(WechatJson.text(body, "transaction_id")),
            receivers,
            refuse);
    return json.split(made.it(), refuse || !made.isNew());
  }

  private ObjectNode score(SandboxCall call, List<String> path, boolean post, boolean refuse)
      throws WechatError {
    if (!post) {
      return json.score(state.score(call.query().getOrDefault("out_order_no", "")), false);
    }
    JsonNode body = body(call);
    checkMerchant(body);
    if (!WechatJson.text(body, "service_id").equals(merchant.serviceId())) {
      throw new WechatError(403, "NO_AUTH", "not a service of this merchant");
    }
    if (path.size() == 3) {
      return create(body, refuse);
    }
    ScoreOrder order = state.score(path.get(3));
    return switch (segment(path, 4)) {
      case "complete" -> complete(order, body, refuse);
      case "cancel" -> {
        if (refuse) {
          throw new WechatError(400, "INVALID_ORDER_STATE", "not now");
        }
        state.revoke(order);
        yield json.score(order, false);
      }
      default -> throw new WechatError(404, "NOT_FOUND", "no such address");
    };
  }

  private ObjectNode create(JsonNode body, boolean refuse) throws WechatError {
    if (WechatJson.text(body, "service_introduction").length() > 20) {
      throw WechatError.parameter("service_introduction is too long");
    }
    ScoreOrder order =
        state.score(
            new ScoreOrder.Wanted(
                number(body, "out_order_no"),
                WechatJson.text(body, "service_introduction"),
                WechatJson.fen(body.path("risk_fund"), "amount"),
                WechatJson.text(body, "notify_url")),
            refuse);
    // Only here: a query does not tell it again.
    return json.score(order, false).put("package", order.pack);
  }

  private ObjectNode complete(ScoreOrder order, JsonNode body, boolean refuse) throws WechatError {
    JsonNode payment = body.path("post_payments").path(0);
    WechatJson.text(body.path("time_range"), "end_time");
    boolean isNew =
        state.complete(
            order,
            new WechatState.Completion(
                WechatJson.fen(body, "total_amount"),
                payment.path("description").asText(""),
                body.path("profit_sharing").asBoolean(false)),
            refuse);
    if (isNew) {
      events.taken(order);
    }
    // The money is being taken at first; a query finds it taken.
    return json.score(order, isNew);
  }
}
