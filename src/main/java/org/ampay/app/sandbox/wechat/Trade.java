package org.ampay.app.sandbox.wechat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order at WeChat. Changed only under the lock of {@link WechatState}. */
final class Trade {

  /** As WeChat spells it. */
  enum State {
    NOTPAY,
    SUCCESS,
    REFUND,
    CLOSED
  }

  final String outTradeNo;
  final String type;
  final String description;
  final long total;
  final @Nullable Instant expires;
  final String notifyUrl;
  final boolean sharing;

  /** By which a payer finds it: in the QR text, the page's address, the app's call. */
  final String key;

  final String transactionId;
  State state = State.NOTPAY;
  @Nullable Instant paidAt;
  long refunded;

  Trade(Wanted wanted, String key, String transactionId) {
    this.outTradeNo = wanted.outTradeNo();
    this.type = wanted.type();
    this.description = wanted.description();
    this.total = wanted.total();
    this.expires = wanted.expires();
    this.notifyUrl = wanted.notifyUrl();
    this.sharing = wanted.sharing();
    this.key = key;
    this.transactionId = transactionId;
  }

  /** What a merchant asks for: asked for twice it must be the same. */
  record Wanted(
      String outTradeNo,
      String type,
      String description,
      long total,
      @Nullable Instant expires,
      String notifyUrl,
      boolean sharing) {}

  boolean isFor(Wanted wanted) {
    return new Wanted(outTradeNo, type, description, total, expires, notifyUrl, sharing)
        .equals(wanted);
  }

  boolean isPaid() {
    return state == State.SUCCESS || state == State.REFUND;
  }
}
