package org.ampay.app.sandbox.alipay;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A pre-authorization; {@code rest} is what is still set aside. */
final class Freeze {
  final String outOrderNo;
  final String authNo;
  final String code;
  final String title;
  final long fen;
  final String notifyUrl;
  final Instant expiresAt;
  final Map<String, Long> unfreezes = new HashMap<>();
  String status = "";
  long rest;

  Freeze(
      String outOrderNo,
      String authNo,
      String code,
      String title,
      long fen,
      String notifyUrl,
      Instant expiresAt) {
    this.outOrderNo = outOrderNo;
    this.authNo = authNo;
    this.code = code;
    this.title = title;
    this.fen = fen;
    this.notifyUrl = notifyUrl;
    this.expiresAt = expiresAt;
  }

  boolean isUnanswered() {
    return status.isEmpty() || status.equals("INIT");
  }

  /** The payer has its code before him: from now on a query knows it. */
  void look() {
    if (status.isEmpty()) {
      status = "INIT";
    }
  }
}
