package org.ampay.app.sandbox.wechat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** WeChat's words for what it knows. */
final class WechatJson {

  static final JsonMapper MAPPER = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

  private final WechatMerchant merchant;

  WechatJson(WechatMerchant merchant) {
    this.merchant = merchant;
  }

  static String time(Instant instant) {
    return TIME.format(instant.truncatedTo(ChronoUnit.SECONDS).atZone(WechatBill.ZONE));
  }

  ObjectNode trade(Trade trade) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("appid", merchant.appId());
    json.put("mchid", merchant.mchId());
    json.put("out_trade_no", trade.outTradeNo);
    json.put("trade_state", trade.state.name());
    json.put("trade_state_desc", trade.state.name());
    if (!trade.isPaid()) {
      return json;
    }
    json.put("transaction_id", trade.transactionId);
    json.put("trade_type", trade.type);
    json.put("bank_type", "OTHERS");
    json.put("success_time", time(Objects.requireNonNull(trade.paidAt)));
    json.putObject("payer").put("openid", "oSandboxPayer");
    json.putObject("amount")
        .put("total", trade.total)
        .put("payer_total", trade.total)
        .put("currency", "CNY")
        .put("payer_currency", "CNY");
    return json;
  }

  ObjectNode refund(RefundRow row, String status) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("refund_id", row.refundId());
    json.put("out_refund_no", row.outRefundNo());
    json.put("transaction_id", row.trade().transactionId);
    json.put("out_trade_no", row.trade().outTradeNo);
    json.put("channel", "ORIGINAL");
    json.put("user_received_account", "支付用户零钱");
    json.put("create_time", time(row.at()));
    json.put("status", status);
    refundAmount(json.putObject("amount"), row).put("currency", "CNY");
    return json;
  }

  /** In a callback: another name for the state, the merchant, no currency. */
  ObjectNode refundTold(RefundRow row) {
    ObjectNode json = refund(row, row.status());
    json.remove("status");
    json.put("mchid", merchant.mchId());
    json.put("refund_status", row.status());
    json.put("success_time", time(row.at()));
    refundAmount(json.putObject("amount"), row);
    return json;
  }

  private static ObjectNode refundAmount(ObjectNode amount, RefundRow row) {
    return amount
        .put("total", row.trade().total)
        .put("refund", row.amount())
        .put("payer_total", row.trade().total)
        .put("payer_refund", row.amount());
  }

  ObjectNode split(SplitRow row, boolean finished) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("transaction_id", row.trade().transactionId);
    json.put("out_order_no", row.outOrderNo());
    json.put("order_id", row.orderId());
    json.put("state", finished ? "FINISHED" : "PROCESSING");
    ArrayNode receivers = json.putArray("receivers");
    for (SplitRow.Receiver receiver : row.receivers()) {
      ObjectNode one = receiver(receivers, receiver.type(), receiver.account(), receiver.amount());
      one.put("description", receiver.description());
      one.put("result", finished ? result(row) : "PENDING");
      if (finished && !row.done()) {
        one.put("fail_reason", "NO_RELATION");
      }
    }
    // The rest becomes the merchant's own, and is told like a share.
    long rest = row.trade().total - row.trade().refunded - (row.done() ? row.sum() : 0);
    receiver(receivers, "MERCHANT_ID", merchant.mchId(), rest)
        .put("description", "解冻给分账方")
        .put("result", finished ? "SUCCESS" : "PENDING");
    return json;
  }

  private static String result(SplitRow row) {
    return row.done() ? "SUCCESS" : "CLOSED";
  }

  private static ObjectNode receiver(ArrayNode to, String type, String account, long amount) {
    return to.addObject().put("type", type).put("account", account).put("amount", amount);
  }

  /**
   * A PayScore order.
   *
   * @param taking as it was between its completion and the payment
   */
  ObjectNode score(ScoreOrder order, boolean taking) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("appid", merchant.appId());
    json.put("mchid", merchant.mchId());
    json.put("service_id", merchant.serviceId());
    json.put("out_order_no", order.outOrderNo);
    json.put("order_id", order.orderId);
    json.put("service_introduction", order.introduction);
    json.put("state", taking ? "DOING" : order.state.name());
    if (taking || order.state == ScoreOrder.State.DOING) {
      json.put("state_description", order.completed ? "MCH_COMPLETE" : "USER_CONFIRM");
    }
    json.putObject("risk_fund").put("name", "ESTIMATE_ORDER_COST").put("amount", order.risk);
    if (order.completed) {
      completed(json, order, taking);
    }
    return json;
  }

  private static void completed(ObjectNode json, ScoreOrder order, boolean taking) {
    json.put("total_amount", order.total);
    json.putArray("post_payments")
        .addObject()
        .put("name", "充电费用")
        .put("amount", order.total)
        .put("description", order.payment)
        .put("count", 1);
    json.put("need_collection", true);
    ObjectNode collection = json.putObject("collection");
    collection.put("state", taking ? "USER_PAYING" : "USER_PAID");
    collection.put("total_amount", order.total);
    collection.put("paying_amount", taking ? order.total : 0);
    collection.put("paid_amount", taking ? 0 : order.total);
    Trade paid = order.paid;
    if (!taking && paid != null) {
      collection
          .putArray("details")
          .addObject()
          .put("seq", 1)
          .put("amount", paid.total)
          .put("paid_type", "NEWTON")
          .put("paid_time", time(Objects.requireNonNull(paid.paidAt)))
          .put("transaction_id", paid.transactionId);
    }
  }

  static String text(JsonNode body, String name) throws WechatError {
    JsonNode value = body.path(name);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw WechatError.parameter(name + " is missing");
    }
    return value.asText();
  }

  /** Whole numbers only: a fraction of a fen is refused. */
  static long fen(JsonNode body, String name) throws WechatError {
    JsonNode value = body.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
      throw WechatError.parameter(name + " is no number of fen");
    }
    return value.asLong();
  }
}
