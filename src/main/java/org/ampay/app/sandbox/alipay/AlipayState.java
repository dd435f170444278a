package org.ampay.app.sandbox.alipay;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.jspecify.annotations.Nullable;

/** What Alipay has of one merchant: each movement is in the books, and told. */
final class AlipayState {

  final Map<String, Trade> trades = new LinkedHashMap<>();
  final Map<String, Freeze> freezes = new LinkedHashMap<>();
  private final Map<String, Freeze> byAuthNo = new LinkedHashMap<>();
  private final Map<String, Trade> tradesByCode = new LinkedHashMap<>();
  private final Map<String, Freeze> freezesByCode = new LinkedHashMap<>();

  private final TimeSource time;
  private final AlipayNumbers numbers;
  private final AlipayBooks books;
  private final AlipayNews news;

  AlipayState(TimeSource time, AlipayNumbers numbers, AlipayBooks books, AlipayNews news) {
    this.time = time;
    this.numbers = numbers;
    this.books = books;
    this.news = news;
  }

  Instant now() {
    return time.now();
  }

  Trade trade(String outTradeNo, String subject, long fen, String notifyUrl, Instant expiresAt) {
    Trade trade =
        new Trade(
            outTradeNo,
            numbers.next("22"),
            numbers.code("bax"),
            subject,
            fen,
            notifyUrl,
            expiresAt);
    trades.put(outTradeNo, trade);
    tradesByCode.put(trade.code, trade);
    return trade;
  }

  Freeze freeze(String outOrderNo, String title, long fen, String notifyUrl, Instant expiresAt) {
    Freeze freeze =
        new Freeze(
            outOrderNo, numbers.next("10"), numbers.code("fwx"), title, fen, notifyUrl, expiresAt);
    freezes.put(outOrderNo, freeze);
    byAuthNo.put(freeze.authNo, freeze);
    freezesByCode.put(freeze.code, freeze);
    return freeze;
  }

  @Nullable Freeze byAuthNo(String authNo) {
    return byAuthNo.get(authNo);
  }

  Optional<Trade> tradeByCode(String code) {
    return Optional.ofNullable(tradesByCode.get(code));
  }

  Optional<Freeze> freezeByCode(String code) {
    return Optional.ofNullable(freezesByCode.get(code));
  }

  boolean isOpen(Trade trade) {
    return trade.isUnpaid() && time.now().isBefore(trade.expiresAt);
  }

  boolean isOpen(Freeze freeze) {
    return freeze.isUnanswered() && time.now().isBefore(freeze.expiresAt);
  }

  void pay(Trade trade) {
    trade.status = "TRADE_SUCCESS";
    trade.paidAt = time.now();
    books.paid(trade.outTradeNo, trade.fen, trade.paidAt);
    news.paid(trade);
  }

  void refund(Trade trade, String requestNo, long fen) {
    Instant now = time.now();
    trade.refunds.put(requestNo, new Trade.Refund(fen, now));
    books.refunded(requestNo, fen, now);
    if (trade.refunds.values().stream().mapToLong(Trade.Refund::fen).sum() >= trade.fen) {
      trade.status = "TRADE_CLOSED";
    }
    news.refunded(trade, now);
  }

  void agree(Freeze freeze) {
    freeze.status = "SUCCESS";
    setAside(freeze, freeze.fen);
    news.frozen(freeze);
  }

  void setAside(Freeze freeze, long rest) {
    freeze.rest = rest;
    books.held(freeze);
  }
}
