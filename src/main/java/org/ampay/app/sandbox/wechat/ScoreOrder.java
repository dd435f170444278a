package org.ampay.app.sandbox.wechat;

import org.jspecify.annotations.Nullable;

/** A PayScore order. Changed only under the lock of {@link WechatState}. */
final class ScoreOrder {

  /** As WeChat spells it. */
  enum State {
    CREATED,
    DOING,
    DONE,
    REVOKED,
    EXPIRED
  }

  final String outOrderNo;
  final String introduction;
  final long risk;
  final String notifyUrl;

  /** What the payer's app opens. */
  final String pack;

  final String orderId;
  State state = State.CREATED;
  boolean completed;
  long total;

  /** The merchant's word for what is paid. */
  String payment = "";

  /** What it was paid by; null: not yet. */
  @Nullable Trade paid;

  ScoreOrder(Wanted wanted, String pack, String orderId) {
    this.outOrderNo = wanted.outOrderNo();
    this.introduction = wanted.introduction();
    this.risk = wanted.risk();
    this.notifyUrl = wanted.notifyUrl();
    this.pack = pack;
    this.orderId = orderId;
  }

  /** What a merchant asks for: asked for twice it must be the same. */
  record Wanted(String outOrderNo, String introduction, long risk, String notifyUrl) {}

  boolean isFor(Wanted wanted) {
    return new Wanted(outOrderNo, introduction, risk, notifyUrl).equals(wanted);
  }
}
