package org.ampay.payment.provider.wechat;

import com.google.gson.JsonObject;
import com.wechat.pay.java.core.http.Constant;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.MediaType;
import com.wechat.pay.java.core.http.UrlEncoder;
import com.wechat.pay.java.core.util.GsonUtil;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.base.Money;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;

/**
 * Pay after use: the payer agrees to an estimate, the order is completed with what it came to, and
 * WeChat takes that. Our authorization's reference is its {@code out_order_no}; capture, release
 * and cancel are known by the state that they bring it to. Spoken through the SDK's signed client:
 * the SDK has no service of it.
 */
final class PayScore {

  private static final String ORDERS = "https://api.mch.weixin.qq.com/v3/payscore/serviceorder";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final int INTRODUCTION = 20;

  private final WechatClient client;
  private final WechatSettings.Score score;
  private final String notifyUrl;
  private final Recent recent;
  private final ScoreInvitation invitation;

  PayScore(
      WechatClient client,
      WechatSettings.Score score,
      String notifyUrl,
      Recent recent,
      ScoreInvitation invitation) {
    this.client = client;
    this.score = score;
    this.notifyUrl = notifyUrl;
    this.recent = recent;
    this.invitation = invitation;
  }

  Reply<Outcome> authorize(Operation operation, Ask ask) {
    return create(operation, ask, order -> authorized(order, operation, ask));
  }

  private Reply<Outcome> create(Operation operation, Ask ask, Reading reading) {
    JsonObject body = named();
    body.addProperty("out_order_no", operation.reference());
    body.addProperty("service_introduction", firstOf(ask.subject(), INTRODUCTION));
    JsonObject range = new JsonObject();
    range.addProperty("start_time", "OnAccept");
    body.add("time_range", range);
    JsonObject fund = new JsonObject();
    fund.addProperty("name", "ESTIMATE_ORDER_COST");
    fund.addProperty("amount", operation.amount().minor());
    body.add("risk_fund", fund);
    body.addProperty("notify_url", notifyUrl);
    body.addProperty("need_user_confirm", true);
    String openId = ask.payerId();
    if (openId != null) {
      body.addProperty("openid", openId);
    }
    return post(ORDERS, body, operation.reference(), reading);
  }

  private static String firstOf(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  Reply<Outcome> queryAuthorize(Operation operation, Ask ask) {
    return get(operation.reference(), order -> authorized(order, operation, ask));
  }

  private Reply<Outcome> authorized(ServiceOrder order, Operation operation, Ask ask) {
    return switch (order.stage()) {
      case ASKED ->
          recent.isOver(ask.expiresAt())
              ? expired(operation.reference())
              : asked(order, operation, ask);
      case AGREED, TAKING, TAKEN -> new Reply.Answered<>(agreed(order, operation.amount()));
      case REVOKED, EXPIRED ->
          new Reply.Answered<>(new Outcome.Declined("the order is " + order.state()));
      case UNKNOWN -> new Reply.Unclear<>("unknown state");
    };
  }

  private Reply<Outcome> asked(ServiceOrder order, Operation operation, Ask ask) {
    Outcome.ActionRequired shown = recent.action(operation.reference());
    if (shown != null) {
      return new Reply.Answered<>(shown);
    }
    if (order.pack() == null) {
      // What the payer is to open was lost: the same order asked for again tells it.
      return create(operation, ask, again -> new Reply.Answered<>(invited(again, operation)));
    }
    return new Reply.Answered<>(invited(order, operation));
  }

  private Outcome invited(ServiceOrder order, Operation operation) {
    String pack = order.pack();
    if (pack == null) {
      return new Outcome.Pending(id(order));
    }
    Outcome.ActionRequired invited =
        new Outcome.ActionRequired(
            id(order), Form.IN_APP, invitation.of(client.settings.mchId(), pack));
    recent.keep(operation.reference(), invited);
    return invited;
  }

  /** Nobody may agree to it any more: revoked, so that it is certain. */
  private Reply<Outcome> expired(String reference) {
    Reply<Outcome> revoked = revoke(reference);
    return revoked instanceof Reply.Answered<Outcome>(Outcome.Succeeded _)
        ? new Reply.Answered<>(new Outcome.Declined("not agreed to in time"))
        : revoked;
  }

  static Outcome agreed(ServiceOrder order, Money asked) {
    ServiceOrder.RiskFund fund = order.riskFund();
    return fund != null && Fen.same(fund.amount(), asked)
        ? new Outcome.Succeeded(asked, Money.zero(asked.currency()), id(order))
        : new Outcome.Unknown("agreed to another amount");
  }

  Reply<Outcome> capture(PaymentCommand.Capture command) {
    Operation operation = command.operation();
    JsonObject body = named();
    JsonObject payment = new JsonObject();
    payment.addProperty("name", "充电费用");
    payment.addProperty("amount", operation.amount().minor());
    payment.addProperty("description", operation.reference());
    payment.addProperty("count", 1);
    com.google.gson.JsonArray payments = new com.google.gson.JsonArray();
    payments.add(payment);
    body.add("post_payments", payments);
    body.addProperty("total_amount", operation.amount().minor());
    JsonObject range = new JsonObject();
    // Of the operation, not of the clock: a repeat must be the same request.
    range.addProperty("end_time", time(operation.createdAt()));
    body.add("time_range", range);
    if (client.settings.profitSharing()) {
      body.addProperty("profit_sharing", true);
    }
    String url = ORDERS + "/" + command.hold().reference() + "/complete";
    return post(
        url,
        body,
        command.hold().reference(),
        order -> new Reply.Answered<>(captured(order, operation)));
  }

  Reply<Outcome> queryCapture(PaymentCommand.Capture command) {
    return get(
        command.hold().reference(),
        order -> new Reply.Answered<>(captured(order, command.operation())));
  }

  private Outcome captured(ServiceOrder order, Operation operation) {
    return switch (order.stage()) {
      case ASKED, AGREED -> notDone(operation, "not completed");
      case TAKING, TAKEN -> taken(order, operation);
      case REVOKED, EXPIRED -> new Outcome.Declined("the order is " + order.state());
      case UNKNOWN -> new Outcome.Unknown("unknown state");
    };
  }

  private static Outcome taken(ServiceOrder order, Operation operation) {
    if (!operation.reference().equals(order.captureReference())) {
      return new Outcome.Declined("the order was completed otherwise");
    }
    return taken(order, operation.amount());
  }

  /** How far an order that was completed has come; also in callbacks. */
  static Outcome taken(ServiceOrder order, Money asked) {
    if (!Fen.same(order.totalAmount(), asked)) {
      return new Outcome.Unknown("completed with another amount");
    }
    return order.stage() == ServiceOrder.Stage.TAKEN
        ? new Outcome.Succeeded(asked, Money.zero(asked.currency()), order.transactionId())
        : new Outcome.Pending("");
  }

  /** Gives up an order that was agreed to, or that the payer is still asked about. */
  Reply<Outcome> revoke(String reference) {
    JsonObject body = named();
    body.addProperty("reason", "订单取消");
    String url = ORDERS + "/" + reference + "/cancel";
    return client.call(
        () -> {
          ServiceOrder order =
              client.http.post(headers(), url, json(body), ServiceOrder.class).getServiceResponse();
          return reference.equals(order.outOrderNo())
              ? Outcome.Succeeded.of(Money.zero(Fen.CURRENCY))
              : new Outcome.Unknown("an answer about something else");
        });
  }

  Reply<Outcome> queryRelease(PaymentCommand.Release command) {
    return get(
        command.hold().reference(),
        order ->
            new Reply.Answered<>(
                switch (order.stage()) {
                  case REVOKED, EXPIRED -> Outcome.Succeeded.of(Money.zero(Fen.CURRENCY));
                  case ASKED, AGREED -> notDone(command.operation(), "not released");
                  case TAKING, TAKEN -> new Outcome.Declined("it was captured");
                  case UNKNOWN -> new Outcome.Unknown("unknown state");
                }));
  }

  /** Gives up what the payer is still asked about; what he agreed to is for a release. */
  Reply<Outcome> cancel(PaymentCommand.Cancel command) {
    String reference = command.target().reference();
    return get(
        reference,
        order ->
            order.stage() == ServiceOrder.Stage.ASKED
                ? revoke(reference)
                : new Reply.Answered<>(cancelled(order, command)));
  }

  Reply<Outcome> queryCancel(PaymentCommand.Cancel command) {
    Reply<Outcome> reply =
        get(command.target().reference(), order -> new Reply.Answered<>(cancelled(order, command)));
    return reply instanceof Reply.Refused<Outcome> refused
            && refused.notFound()
            && recent.settled(command.target().reference(), command.target().at())
        ? new Reply.Answered<>(Outcome.Succeeded.of(Money.zero(Fen.CURRENCY)))
        : reply;
  }

  private Outcome cancelled(ServiceOrder order, PaymentCommand.Cancel command) {
    return switch (order.stage()) {
      case REVOKED, EXPIRED -> Outcome.Succeeded.of(Money.zero(Fen.CURRENCY));
      case AGREED, TAKING, TAKEN -> new Outcome.Declined("it was agreed to");
      case ASKED -> notDone(command.operation(), "the order is still open");
      case UNKNOWN -> new Outcome.Unknown("unknown state");
    };
  }

  private Outcome notDone(Operation operation, String reason) {
    return recent.settled(operation.reference(), operation.createdAt())
        ? new Outcome.NotSent(reason)
        : new Outcome.Unknown(reason);
  }

  private Reply<Outcome> post(String url, JsonObject body, String reference, Reading reading) {
    return read(
        client.call(
            () ->
                client
                    .http
                    .post(headers(), url, json(body), ServiceOrder.class)
                    .getServiceResponse()),
        reference,
        reading);
  }

  private Reply<Outcome> get(String reference, Reading reading) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("out_order_no", reference);
    query.put("service_id", score.serviceId());
    query.put("appid", client.settings.appId());
    List<String> pairs =
        query.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + UrlEncoder.urlEncode(pair.getValue()))
            .toList();
    String url = ORDERS + "?" + String.join("&", pairs);
    return read(
        client.call(() -> client.http.get(headers(), url, ServiceOrder.class).getServiceResponse()),
        reference,
        reading);
  }

  private Reply<Outcome> read(Reply<ServiceOrder> reply, String reference, Reading reading) {
    return switch (reply) {
      case Reply.Answered<ServiceOrder>(ServiceOrder order) ->
          ours(order, reference)
              ? reading.of(order)
              : new Reply.Unclear<>("an answer about something else");
      case Reply.Refused<ServiceOrder>(int status, String code) ->
          new Reply.Refused<>(status, code);
      case Reply.NotSent<ServiceOrder>(String reason) -> new Reply.NotSent<>(reason);
      case Reply.Unclear<ServiceOrder>(String reason) -> new Reply.Unclear<>(reason);
    };
  }

  private boolean ours(ServiceOrder order, String reference) {
    return reference.equals(order.outOrderNo()) && client.settings.mchId().equals(order.mchid());
  }

  private JsonObject named() {
    JsonObject body = new JsonObject();
    body.addProperty("appid", client.settings.appId());
    body.addProperty("service_id", score.serviceId());
    return body;
  }

  private static HttpHeaders headers() {
    HttpHeaders headers = new HttpHeaders();
    headers.addHeader(Constant.ACCEPT, MediaType.APPLICATION_JSON.getValue());
    headers.addHeader(Constant.CONTENT_TYPE, MediaType.APPLICATION_JSON.getValue());
    return headers;
  }

  private static JsonRequestBody json(JsonObject body) {
    return new JsonRequestBody.Builder().body(GsonUtil.getGson().toJson(body)).build();
  }

  private static String id(ServiceOrder order) {
    return Objects.requireNonNullElse(order.orderId(), "");
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atZone(Trades.ZONE));
  }

  /** What an order says of a command. */
  @FunctionalInterface
  private interface Reading {
    Reply<Outcome> of(ServiceOrder order);
  }
}
