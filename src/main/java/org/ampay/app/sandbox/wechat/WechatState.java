package org.ampay.app.sandbox.wechat;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ampay.base.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What WeChat knows of one merchant: orders, refunds, shares, PayScore orders. Each method is one
 * step under one lock; a repeated request finds what the first one made.
 */
final class WechatState {

  private static final int ID_DIGITS = 26;

  private final TimeSource time;
  private final RandomGenerator random;
  private final WechatBooks books;
  private final Map<String, Trade> trades = new LinkedHashMap<>();
  private final Map<String, Trade> byKey = new HashMap<>();
  private final Map<String, Trade> byTransaction = new HashMap<>();
  private final Map<String, ScoreOrder> byPack = new HashMap<>();
  private final Map<String, ScoreOrder> scores = new LinkedHashMap<>();
  private final Map<String, RefundRow> refunds = new LinkedHashMap<>();
  private final Map<String, SplitRow> splits = new LinkedHashMap<>();

  WechatState(TimeSource time, RandomGenerator random, WechatBooks books) {
    this.time = time;
    this.random = random;
    this.books = books;
  }

  /**
   * Asks a payer.
   *
   * @param refuse WeChat will not: the order is closed at once
   */
  synchronized Trade order(Trade.Wanted wanted, boolean refuse) throws WechatError {
    Trade known = trades.get(wanted.outTradeNo());
    if (known == null) {
      known = new Trade(wanted, key(16), "42" + id());
      keep(known);
      if (refuse) {
        known.state = Trade.State.CLOSED;
      }
    }
    if (!known.isFor(wanted)) {
      throw new WechatError(403, "OUT_TRADE_NO_USED", "the number is of another order");
    }
    return switch (known.state) {
      case NOTPAY -> known;
      case SUCCESS, REFUND -> throw new WechatError(400, "ORDERPAID", "it is paid");
      case CLOSED -> throw new WechatError(400, "ORDER_CLOSED", "it is closed");
    };
  }

  private void keep(Trade trade) {
    trades.put(trade.outTradeNo, trade);
    byKey.put(trade.key, trade);
    byTransaction.put(trade.transactionId, trade);
  }

  synchronized Trade trade(String outTradeNo) throws WechatError {
    Trade trade = trades.get(outTradeNo);
    if (trade == null || trade.type.equals(SCORE)) {
      throw new WechatError(404, "ORDERNOTEXIST", "no such order");
    }
    return trade;
  }

  synchronized Trade byTransaction(String transactionId) throws WechatError {
    Trade trade = byTransaction.get(transactionId);
    if (trade == null || !trade.isPaid()) {
      throw new WechatError(404, "ORDERNOTEXIST", "no such payment");
    }
    return trade;
  }

  synchronized void close(String outTradeNo) throws WechatError {
    Trade trade = trade(outTradeNo);
    if (trade.isPaid()) {
      throw new WechatError(400, "ORDERPAID", "it is paid");
    }
    trade.state = Trade.State.CLOSED;
  }

  /** The order that a payer has before him. */
  synchronized Optional<Trade> byKey(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  synchronized boolean isOpen(Trade trade) {
    Instant expires = trade.expires;
    return trade.state == Trade.State.NOTPAY && (expires == null || time.now().isBefore(expires));
  }

  /** Whether the payer could pay. */
  synchronized boolean pay(Trade trade) {
    if (!isOpen(trade)) {
      return false;
    }
    Instant now = time.now();
    trade.state = Trade.State.SUCCESS;
    trade.paidAt = now;
    books.paid(trade.outTradeNo, trade.total, now);
    return true;
  }

  /** What a refund asks for. */
  record RefundWanted(String outRefundNo, long amount, long total, String notifyUrl) {}

  /**
   * Gives money back.
   *
   * @param close WeChat will not: the refund is closed at once
   * @return the refund, and whether it is a new one
   */
  synchronized Made<RefundRow> refund(Trade trade, RefundWanted wanted, boolean close)
      throws WechatError {
    RefundRow known = refunds.get(wanted.outRefundNo());
    if (known != null) {
      if (known.trade() != trade || known.amount() != wanted.amount()) {
        throw new WechatError(400, "INVALID_REQUEST", "the number is of another refund");
      }
      return new Made<>(known, false);
    }
    if (!trade.isPaid() || wanted.total() != trade.total || wanted.amount() <= 0) {
      throw new WechatError(400, "INVALID_REQUEST", "not a paid order of this amount");
    }
    if (wanted.amount() > trade.total - trade.refunded) {
      throw new WechatError(403, "NOT_ENOUGH", "more than is left of the order");
    }
    if (!close) {
      trade.refunded += wanted.amount();
      books.refunded(wanted.outRefundNo(), wanted.amount(), time.now());
      trade.state = Trade.State.REFUND;
    }
    RefundRow made =
        new RefundRow(
            wanted.outRefundNo(),
            "50" + id(),
            trade,
            wanted.amount(),
            close ? "CLOSED" : "SUCCESS",
            wanted.notifyUrl(),
            time.now());
    refunds.put(made.outRefundNo(), made);
    return new Made<>(made, true);
  }

  /** Something, and whether it was not there before. */
  record Made<T>(T it, boolean isNew) {}

  synchronized RefundRow refund(String outRefundNo) throws WechatError {
    return found(refunds.get(outRefundNo), "RESOURCE_NOT_EXISTS");
  }

  synchronized Made<SplitRow> split(
      String outOrderNo, Trade trade, List<SplitRow.Receiver> receivers, boolean refuse)
      throws WechatError {
    SplitRow known = splits.get(outOrderNo);
    if (known != null) {
      if (known.trade() != trade || !known.receivers().equals(receivers)) {
        throw new WechatError(400, "INVALID_REQUEST", "the number is of another sharing");
      }
      return new Made<>(known, false);
    }
    SplitRow made = new SplitRow(outOrderNo, "30" + id(), trade, receivers, !refuse);
    if (!trade.sharing || made.sum() > trade.total - trade.refunded) {
      throw new WechatError(400, "INVALID_REQUEST", "not to be shared, or not so much");
    }
    splits.put(outOrderNo, made);
    if (made.done()) {
      books.shared(outOrderNo, made.sum(), time.now());
    }
    return new Made<>(made, true);
  }

  synchronized SplitRow split(String outOrderNo) throws WechatError {
    return found(splits.get(outOrderNo), "RESOURCE_NOT_EXISTS");
  }

  static final String SCORE = "PAYSCORE";

  synchronized ScoreOrder score(ScoreOrder.Wanted wanted, boolean refuse) throws WechatError {
    ScoreOrder known = scores.get(wanted.outOrderNo());
    if (known == null) {
      known = new ScoreOrder(wanted, key(40), "15" + id());
      scores.put(known.outOrderNo, known);
      byPack.put(known.pack, known);
      if (refuse) {
        known.state = ScoreOrder.State.EXPIRED;
      }
    }
    if (!known.isFor(wanted)) {
      throw new WechatError(400, "INVALID_REQUEST", "the number is of another order");
    }
    if (known.state == ScoreOrder.State.EXPIRED || known.state == ScoreOrder.State.REVOKED) {
      throw new WechatError(400, "INVALID_ORDER_STATE", "the order is " + known.state);
    }
    return known;
  }

  synchronized ScoreOrder score(String outOrderNo) throws WechatError {
    return found(scores.get(outOrderNo), "ORDER_NOT_EXIST");
  }

  synchronized Optional<ScoreOrder> byPack(String pack) {
    return Optional.ofNullable(byPack.get(pack));
  }

  /** Whether the payer could agree. */
  synchronized boolean agree(ScoreOrder order) {
    if (order.state != ScoreOrder.State.CREATED) {
      return false;
    }
    order.state = ScoreOrder.State.DOING;
    books.held(order.orderId, order.risk);
    return true;
  }

  /** What an order came to; {@code payment} is the merchant's word for it. */
  record Completion(long total, String payment, boolean sharing) {}

  /**
   * Takes the money of an order, and what it came to is no longer held.
   *
   * @param refuse WeChat will not: the order is over
   * @return whether it was not complete before
   */
  synchronized boolean complete(ScoreOrder order, Completion asked, boolean refuse)
      throws WechatError {
    long total = asked.total();
    String payment = asked.payment();
    if (order.completed && order.total == total && order.payment.equals(payment)) {
      return false;
    }
    if (refuse) {
      order.state = ScoreOrder.State.REVOKED;
      books.held(order.orderId, 0);
    }
    if (order.completed || order.state != ScoreOrder.State.DOING) {
      throw new WechatError(400, "INVALID_ORDER_STATE", "the order is " + order.state);
    }
    if (total < 0 || total > order.risk) {
      throw WechatError.parameter("total_amount is above the estimate");
    }
    order.completed = true;
    order.total = total;
    order.payment = payment;
    Trade trade =
        new Trade(
            new Trade.Wanted(
                "S" + id(),
                SCORE,
                order.introduction,
                total,
                null,
                order.notifyUrl,
                asked.sharing()),
            key(16),
            "42" + id());
    trade.state = Trade.State.SUCCESS;
    trade.paidAt = time.now();
    keep(trade);
    order.paid = trade;
    order.state = ScoreOrder.State.DONE;
    books.held(order.orderId, 0);
    books.paid(payment, total, time.now());
    return true;
  }

  synchronized void revoke(ScoreOrder order) throws WechatError {
    if (order.completed || order.state == ScoreOrder.State.EXPIRED) {
      throw new WechatError(400, "INVALID_ORDER_STATE", "the order is " + order.state);
    }
    order.state = ScoreOrder.State.REVOKED;
    books.held(order.orderId, 0);
  }

  private static <T> T found(@Nullable T it, String code) throws WechatError {
    if (it == null) {
      throw new WechatError(404, code, "not known");
    }
    return it;
  }

  private String id() {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < ID_DIGITS; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  private String key(int length) {
    return WechatKeys.letters(length, random);
  }

  synchronized List<Trade> paid() {
    return trades.values().stream().filter(Trade::isPaid).toList();
  }

  synchronized List<RefundRow> refunded() {
    return refunds.values().stream().filter(row -> row.status().equals("SUCCESS")).toList();
  }
}
