package org.ampay.app.sandbox.alipay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.ampay.app.sandbox.SandboxWire.Act;
import org.ampay.app.sandbox.SandboxWire.Asked;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/** What a payer does in his Alipay with what a merchant asks of him. */
final class AlipayPayer {

  private static final Duration LONGEST = Duration.ofDays(15);

  private final AlipayState state;

  AlipayPayer(AlipayState state) {
    this.state = state;
  }

  /**
   * A page that a merchant signed; Alipay has no trade of it before the payer does something there.
   */
  private record Page(
      String outTradeNo,
      String subject,
      long fen,
      Instant expiresAt,
      String notifyUrl,
      @Nullable URI returnUrl,
      @Nullable URI quitUrl) {}

  Optional<Asked> asked(String code) {
    return state
        .tradeByCode(code)
        .map(trade -> asked(trade.subject, trade.fen, false, state.isOpen(trade)))
        .or(
            () ->
                state
                    .freezeByCode(code)
                    .map(freeze -> asked(freeze.title, freeze.fen, true, state.isOpen(freeze))));
  }

  private static Asked asked(String subject, long fen, boolean hold, boolean open) {
    return new Asked(subject, new Money("CNY", fen), hold, open, null, null);
  }

  /** A payer who declines or leaves may come again: Alipay keeps it open. */
  boolean act(String code, Act act) {
    Optional<Trade> trade = state.tradeByCode(code);
    return trade.isPresent()
        ? act(trade.get(), act)
        : state.freezeByCode(code).filter(freeze -> act(freeze, act)).isPresent();
  }

  private boolean act(Trade trade, Act act) {
    if (!state.isOpen(trade)) {
      return false;
    }
    switch (act) {
      case PAY -> state.pay(trade);
      case DECLINE, CANCEL -> trade.look();
    }
    return true;
  }

  private boolean act(Freeze freeze, Act act) {
    if (!state.isOpen(freeze)) {
      return false;
    }
    switch (act) {
      case PAY -> state.agree(freeze);
      case DECLINE, CANCEL -> freeze.look();
    }
    return true;
  }

  Optional<Asked> asked(Map<String, String> call) {
    return page(call)
        .map(
            page ->
                new Asked(
                    page.subject(),
                    new Money("CNY", page.fen()),
                    false,
                    isOpen(page),
                    page.returnUrl(),
                    page.quitUrl() == null ? page.returnUrl() : page.quitUrl()));
  }

  private boolean isOpen(Page page) {
    Trade trade = state.trades.get(page.outTradeNo());
    return trade == null
        ? state.now().isBefore(page.expiresAt())
        : trade.fen == page.fen() && state.isOpen(trade);
  }

  boolean act(Map<String, String> call, Act act) {
    Page page = page(call).filter(this::isOpen).orElse(null);
    if (page == null) {
      return false;
    }
    Trade trade = state.trades.get(page.outTradeNo());
    return act(
        trade == null
            ? state.trade(
                page.outTradeNo(), page.subject(), page.fen(), page.notifyUrl(), page.expiresAt())
            : trade,
        act);
  }

  private Optional<Page> page(Map<String, String> call) {
    try {
      JsonNode content = AlipayGateway.JSON.readTree(call.getOrDefault("biz_content", "{}"));
      String expires = content.path("time_expire").asText();
      return Optional.of(
          new Page(
              content.path("out_trade_no").asText(),
              content.path("subject").asText(),
              AlipayGateway.fen(content, "total_amount"),
              expires.isEmpty() ? state.now().plus(LONGEST) : AlipayBill.time(expires),
              call.getOrDefault("notify_url", ""),
              uri(call.getOrDefault("return_url", "")),
              uri(content.path("quit_url").asText())));
    } catch (JsonProcessingException
        | NumberFormatException
        | ArithmeticException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static @Nullable URI uri(String text) {
    try {
      return text.isEmpty() ? null : URI.create(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
