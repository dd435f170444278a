package org.ampay.app.sandbox.wechat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** What WeChat tells a merchant of, without being asked. */
final class WechatEvents {

  private final WechatJson json;
  private final WechatNews news;

  WechatEvents(WechatJson json, WechatNews news) {
    this.json = json;
    this.news = news;
  }

  void paid(Trade trade) {
    tell(trade.notifyUrl, "TRANSACTION.SUCCESS", "transaction", json.trade(trade));
  }

  void refunded(RefundRow row) {
    if (!row.notifyUrl().isEmpty()) {
      tell(row.notifyUrl(), "REFUND." + row.status(), "refund", json.refundTold(row));
    }
  }

  void agreed(ScoreOrder order) {
    tell(order.notifyUrl, "PAYSCORE.USER_CONFIRM", "payscore", json.score(order, false));
  }

  void taken(ScoreOrder order) {
    tell(order.notifyUrl, "PAYSCORE.USER_PAID", "payscore", json.score(order, false));
  }

  private void tell(String url, String event, String type, ObjectNode content) {
    String id = UUID.randomUUID().toString();
    news.tell(url, new WechatSignatures.Told(id, event, type, content));
  }
}
