package org.ampay.app.sandbox.alipay;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ampay.base.TimeSource;
import org.jspecify.annotations.Nullable;

/** What Alipay knows, and its books; what it has to tell waits in {@link #told}. */
public final class AlipayState {

  final Map<String, Trade> trades = new LinkedHashMap<>();
  final Map<String, Freeze> freezes = new LinkedHashMap<>();

  /** Notifications without signature, the oldest first. */
  public final Queue<Map<String, String>> told = new ConcurrentLinkedQueue<>();

  private final TimeSource time;
  private long numbers = 1_000_000;

  public AlipayState(TimeSource time) {
    this.time = time;
  }

  String number(String kind) {
    return AlipayBill.text(time.now()).substring(0, 10).replace("-", "") + kind + ++numbers;
  }

  @Nullable Freeze byAuthNo(String authNo) {
    return freezes.values().stream()
        .filter(freeze -> freeze.authNo.equals(authNo))
        .findFirst()
        .orElse(null);
  }

  /** The payer scans a code and agrees; false: it cannot be paid any more. */
  public boolean agree(String code) {
    String no = code.replaceAll("^https://qr\\.alipay\\.com/(bax|fwx)", "");
    Trade trade = trades.get(no);
    if (trade != null
        && !trade.status.equals("TRADE_CLOSED")
        && !trade.isPaid()
        && time.now().isBefore(trade.expiresAt)) {
      paid(trade, time.now());
      return true;
    }
    Freeze freeze = freezes.get(no);
    if (freeze != null
        && (freeze.status.isEmpty() || freeze.status.equals("INIT"))
        && time.now().isBefore(freeze.expiresAt)) {
      frozen(freeze);
      return true;
    }
    return false;
  }

  /** The payer scans a code and leaves. */
  public void look(String code) {
    String no = code.replaceAll("^https://qr\\.alipay\\.com/(bax|fwx)", "");
    Trade trade = trades.get(no);
    if (trade != null && trade.status.isEmpty()) {
      trade.status = "WAIT_BUYER_PAY";
    }
    Freeze freeze = freezes.get(no);
    if (freeze != null && freeze.status.isEmpty()) {
      freeze.status = "INIT";
    }
  }

  void paid(Trade trade, Instant at) {
    trade.status = "TRADE_SUCCESS";
    trade.paidAt = at;
    Map<String, String> news = news("trade_status_sync");
    news.put("seller_id", AlipayKeys.SELLER_ID);
    news.put("out_trade_no", trade.outTradeNo);
    news.put("trade_no", trade.tradeNo);
    news.put("trade_status", trade.status);
    news.put("total_amount", AlipayGateway.yuan(trade.fen));
    news.put("subject", trade.subject);
    told.add(news);
  }

  private void frozen(Freeze freeze) {
    freeze.status = "SUCCESS";
    freeze.rest = freeze.fen;
    Map<String, String> news = news("fund_auth_freeze");
    news.put("payee_user_id", AlipayKeys.SELLER_ID);
    news.put("out_order_no", freeze.outOrderNo);
    news.put("out_request_no", freeze.outOrderNo);
    news.put("auth_no", freeze.authNo);
    news.put("operation_type", "FREEZE");
    news.put("amount", AlipayGateway.yuan(freeze.fen));
    news.put("status", "SUCCESS");
    told.add(news);
  }

  private Map<String, String> news(String type) {
    Map<String, String> news = new TreeMap<>();
    news.put("notify_type", type);
    news.put("notify_id", number("00222"));
    news.put("notify_time", AlipayBill.text(time.now()));
    news.put("app_id", AlipayKeys.APP_ID);
    news.put("charset", "UTF-8");
    return news;
  }

  /** Fen got, less those given back. */
  public long moved() {
    return trades.values().stream()
        .filter(trade -> !trade.paidAt.equals(Instant.EPOCH))
        .mapToLong(trade -> trade.fen - trade.refunded())
        .sum();
  }

  /** Fen set aside. */
  public long held() {
    return freezes.values().stream().mapToLong(freeze -> freeze.rest).sum();
  }
}
