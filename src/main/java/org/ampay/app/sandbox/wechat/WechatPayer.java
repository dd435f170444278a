package org.ampay.app.sandbox.wechat;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ampay.app.sandbox.SandboxCall;
import org.ampay.app.sandbox.SandboxWire;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/** What a payer does in his WeChat with what a merchant asks of him. */
final class WechatPayer {

  private final WechatState state;
  private final WechatEvents events;

  WechatPayer(WechatDesk desk) {
    this.state = desk.state();
    this.events = desk.events();
  }

  /**
   * What a text leads to.
   *
   * @param text of a QR code, a page's address or what an app was told to open
   */
  Optional<SandboxWire.Asked> asked(String text) {
    return first(text, state::byKey)
        .map(trade -> asked(trade, text))
        .or(() -> first(text, state::byPack).map(WechatPayer::asked));
  }

  private SandboxWire.Asked asked(Trade trade, String text) {
    URI back = back(text);
    return new SandboxWire.Asked(
        trade.description, new Money("CNY", trade.total), false, state.isOpen(trade), back, back);
  }

  private static SandboxWire.Asked asked(ScoreOrder order) {
    return new SandboxWire.Asked(
        order.introduction,
        new Money("CNY", order.risk),
        true,
        order.state == ScoreOrder.State.CREATED,
        null,
        null);
  }

  /** The merchant's page that the address of ours names. */
  private static @Nullable URI back(String text) {
    if (!text.contains("redirect_url=")) {
      return null;
    }
    SandboxCall page = new SandboxCall("GET", text, Map.of(), new byte[0]);
    String url = page.query().get("redirect_url");
    try {
      return url == null ? null : URI.create(url);
    } catch (IllegalArgumentException e) {
      return null;
    }
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
