package org.ampay.app.sandbox.alipay;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A pre-authorization; {@code rest} is what is still set aside. */
final class Freeze {
  final String outOrderNo;
  final String authNo;
  final long fen;
  final String notifyUrl;
  final Instant expiresAt;
  final Map<String, Long> unfreezes = new HashMap<>();
  String status = "";
  long rest;

  Freeze(String outOrderNo, String authNo, long fen, String notifyUrl, Instant expiresAt) {
    this.outOrderNo = outOrderNo;
    this.authNo = authNo;
    this.fen = fen;
    this.notifyUrl = notifyUrl;
    this.expiresAt = expiresAt;
  }
}
