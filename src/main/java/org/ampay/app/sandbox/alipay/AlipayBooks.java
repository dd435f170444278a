package org.ampay.app.sandbox.alipay;

import java.time.Instant;
import org.ampay.app.sandbox.SandboxBooks;

/** The gateway's books, of one merchant. */
final class AlipayBooks {

  private static final String CURRENCY = "CNY";

  private final SandboxBooks books;
  private final String merchant;

  AlipayBooks(SandboxBooks books, String merchant) {
    this.books = books;
    this.merchant = merchant;
  }

  void paid(String reference, long fen, Instant at) {
    move(SandboxBooks.Kind.PAYMENT, reference, fen, at);
  }

  void refunded(String reference, long fen, Instant at) {
    move(SandboxBooks.Kind.REFUND, reference, -fen, at);
  }

  /** What is still set aside. */
  void held(Freeze freeze) {
    books.hold(AlipayWire.NAME, merchant, freeze.authNo, CURRENCY, freeze.rest);
  }

  private void move(SandboxBooks.Kind kind, String reference, long fen, Instant at) {
    books.move(
        new SandboxBooks.Movement(AlipayWire.NAME, merchant, kind, reference, CURRENCY, fen, at));
  }
}
