package org.ampay.app.sandbox.alipay;

import java.util.random.RandomGenerator;
import org.ampay.base.TimeSource;

/** Alipay's own numbers and codes: no two merchants share one. */
final class AlipayNumbers {

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LETTERS = 16;

  private final TimeSource time;
  private final RandomGenerator random;
  private long last = 1_000_000;

  AlipayNumbers(TimeSource time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  /** The day, what it is of, and a running number. */
  String next(String kind) {
    return AlipayBill.text(time.now()).substring(0, 10).replace("-", "") + kind + ++last;
  }

  /** Of a QR code; nobody can guess it. */
  String code(String kind) {
    StringBuilder text = new StringBuilder(kind);
    for (int i = 0; i < LETTERS; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
