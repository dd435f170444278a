package org.ampay.app.sandbox.alipay;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A trade; with a code that nobody scanned it is not known to a query. */
final class Trade {
  final String outTradeNo;
  final String tradeNo;
  final String code;
  final String subject;
  final long fen;
  final String notifyUrl;
  final Instant expiresAt;
  final Map<String, Refund> refunds = new LinkedHashMap<>();
  String status = "";
  Instant paidAt = Instant.EPOCH;

  record Refund(long fen, Instant at) {}

  Trade(
      String outTradeNo,
      String tradeNo,
      String code,
      String subject,
      long fen,
      String notifyUrl,
      Instant expiresAt) {
    this.outTradeNo = outTradeNo;
    this.tradeNo = tradeNo;
    this.code = code;
    this.subject = subject;
    this.fen = fen;
    this.notifyUrl = notifyUrl;
    this.expiresAt = expiresAt;
  }

  boolean isPaid() {
    return !paidAt.equals(Instant.EPOCH);
  }

  boolean isUnpaid() {
    return status.isEmpty() || status.equals("WAIT_BUYER_PAY");
  }

  /** The payer has its code before him: from now on a query knows it. */
  void look() {
    if (status.isEmpty()) {
      status = "WAIT_BUYER_PAY";
    }
  }

  long refunded() {
    return refunds.values().stream().mapToLong(Refund::fen).sum();
  }
}
