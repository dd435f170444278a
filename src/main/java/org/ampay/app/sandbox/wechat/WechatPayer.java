package org.ampay.app.sandbox.wechat;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** What a payer does in his WeChat. */
final class WechatPayer {

  private final WechatState state;
  private final WechatEvents events;

  WechatPayer(WechatDesk desk) {
    this.state = desk.state();
    this.events = desk.events();
  }

  /** What the payer sees: a payment, or an agreement to pay after use. */
  record Asked(String what, long fen, boolean after) {}

  /**
   * What a text leads to.
   *
   * @param text of a QR code, a page's address or what an app was told to open
   */
  Optional<Asked> find(String text) {
    return first(text, state::byKey)
        .map(trade -> new Asked(trade.description, trade.total, false))
        .or(
            () ->
                first(text, state::byPack)
                    .map(order -> new Asked(order.introduction, order.risk, true)));
  }

  /** Pays or agrees; false when there is nothing to pay any more. */
  boolean agree(String text) {
    Optional<Trade> trade = first(text, state::byKey);
    if (trade.isPresent()) {
      boolean paid = state.pay(trade.get());
      if (paid) {
        events.paid(trade.get());
      }
      return paid;
    }
    Optional<ScoreOrder> order = first(text, state::byPack);
    boolean agreed = order.isPresent() && state.agree(order.get());
    if (agreed) {
      events.agreed(order.get());
    }
    return agreed;
  }

  /** Keys are long words of letters and digits that nothing else is. */
  private static <T> Optional<T> first(String text, Function<String, Optional<T>> find) {
    return Arrays.stream(text.split("[^A-Za-z0-9]+"))
        .map(find)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
