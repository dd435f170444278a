package org.ampay.app.sandbox.wechat;

import java.time.Instant;
import org.ampay.app.sandbox.SandboxBooks;

/** The gateway's books, of one merchant. */
final class WechatBooks {

  private final SandboxBooks books;
  private final String merchant;

  WechatBooks(SandboxBooks books, String merchant) {
    this.books = books;
    this.merchant = merchant;
  }

  void paid(String reference, long fen, Instant at) {
    move(SandboxBooks.Kind.PAYMENT, reference, fen, at);
  }

  void refunded(String reference, long fen, Instant at) {
    move(SandboxBooks.Kind.REFUND, reference, -fen, at);
  }

  void shared(String reference, long fen, Instant at) {
    move(SandboxBooks.Kind.SPLIT, reference, -fen, at);
  }

  /** What is set aside under WeChat's id; 0: nothing any more. */
  void held(String id, long fen) {
    books.hold(WechatWire.NAME, merchant, id, "CNY", fen);
  }

  private void move(SandboxBooks.Kind kind, String reference, long fen, Instant at) {
    books.move(
        new SandboxBooks.Movement(WechatWire.NAME, merchant, kind, reference, "CNY", fen, at));
  }
}
