package org.ampay.app.sandbox.wechat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.ampay.app.sandbox.SandboxCallbacks;

/** What WeChat tells a merchant of, without being asked. */
final class WechatEvents {

  private final WechatJson json;
  private final WechatSignatures signatures;
  private final SandboxCallbacks callbacks;
  private final RandomGenerator random;

  WechatEvents(
      WechatJson json,
      WechatSignatures signatures,
      SandboxCallbacks callbacks,
      RandomGenerator random) {
    this.json = json;
    this.signatures = signatures;
    this.callbacks = callbacks;
    this.random = random;
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
    // The same id in a repeated run: that is how a callback sent again is known.
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    WechatSignatures.Told told = new WechatSignatures.Told(id, event, type, content);
    callbacks.send(
        WechatWire.NAME,
        event,
        URI.create(url),
        (at, forged) -> signatures.signed(told, at, forged));
  }
}
