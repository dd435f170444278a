package org.ampay.app.sandbox.alipay;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ampay.app.sandbox.SandboxCallbacks;

/** What Alipay tells a merchant of, without being asked: to the address that the call named. */
final class AlipayNews {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");

  private final AlipayKeys keys;
  private final AlipayMerchant merchant;
  private final AlipayNumbers numbers;
  private final SandboxCallbacks callbacks;

  AlipayNews(
      AlipayKeys keys, AlipayMerchant merchant, AlipayNumbers numbers, SandboxCallbacks callbacks) {
    this.keys = keys;
    this.merchant = merchant;
    this.numbers = numbers;
    this.callbacks = callbacks;
  }

  void paid(Trade trade) {
    tell(trade.notifyUrl, trade(trade));
  }

  /** With the sum of all refunds so far. */
  void refunded(Trade trade, Instant at) {
    Map<String, String> news = trade(trade);
    news.put("refund_fee", AlipayGateway.yuan(trade.refunded()));
    news.put("gmt_refund", AlipayBill.text(at) + ".000");
    tell(trade.notifyUrl, news);
  }

  private Map<String, String> trade(Trade trade) {
    Map<String, String> news = news("trade_status_sync");
    news.put("seller_id", merchant.sellerId());
    news.put("out_trade_no", trade.outTradeNo);
    news.put("trade_no", trade.tradeNo);
    news.put("trade_status", trade.status);
    news.put("total_amount", AlipayGateway.yuan(trade.fen));
    news.put("subject", trade.subject);
    return news;
  }

  void frozen(Freeze freeze) {
    Map<String, String> news = news("fund_auth_freeze");
    news.put("payee_user_id", merchant.sellerId());
    news.put("out_order_no", freeze.outOrderNo);
    news.put("out_request_no", freeze.outOrderNo);
    news.put("auth_no", freeze.authNo);
    news.put("operation_type", "FREEZE");
    news.put("amount", AlipayGateway.yuan(freeze.fen));
    news.put("status", "SUCCESS");
    tell(freeze.notifyUrl, news);
  }

  /** The id stays when it is sent again: that is how a repeat is known. */
  private Map<String, String> news(String type) {
    Map<String, String> news = new TreeMap<>();
    news.put("notify_type", type);
    news.put("notify_id", numbers.next("00222"));
    news.put("app_id", merchant.appId());
    news.put("charset", "UTF-8");
    news.put("version", "1.0");
    return news;
  }

  private void tell(String url, Map<String, String> news) {
    if (url.isEmpty()) {
      return;
    }
    Map<String, String> said = Map.copyOf(news);
    callbacks.send(
        AlipayWire.NAME,
        said.getOrDefault("notify_type", ""),
        URI.create(url),
        (at, forged) -> letter(said, at, forged));
  }

  private SandboxCallbacks.Letter letter(Map<String, String> said, Instant at, boolean forged) {
    Map<String, String> now = new TreeMap<>(said);
    now.put("notify_time", AlipayBill.text(at));
    return letter(keys.signed(now, forged));
  }

  /** A notification as it goes out. */
  static SandboxCallbacks.Letter letter(Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return new SandboxCallbacks.Letter(HEADERS, body.getBytes(StandardCharsets.UTF_8));
  }
}
