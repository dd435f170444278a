package org.ampay.payment.provider.alipay;

import com.alipay.api.domain.AlipayTradeCancelModel;
import com.alipay.api.domain.AlipayTradeCloseModel;
import com.alipay.api.domain.AlipayTradePagePayModel;
import com.alipay.api.domain.AlipayTradePrecreateModel;
import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.domain.AlipayTradeWapPayModel;
import com.alipay.api.request.AlipayTradeCancelRequest;
import com.alipay.api.request.AlipayTradeCloseRequest;
import com.alipay.api.request.AlipayTradePagePayRequest;
import com.alipay.api.request.AlipayTradePrecreateRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayTradeWapPayRequest;
import com.alipay.api.response.AlipayTradeQueryResponse;
import java.util.Objects;
import org.ampay.base.Money;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.jspecify.annotations.Nullable;

/** Trades that a payer is asked to pay: by a code of ours or on a page of Alipay's. */
final class Trades {

  private static final int LONGEST_ACTION = 2_000;

  private final AlipayCalls calls;
  private final AlipaySettings settings;
  private final String notifyUrl;
  private final Recent recent;

  Trades(AlipayCalls calls, AlipaySettings settings, String notifyUrl, Recent recent) {
    this.calls = calls;
    this.settings = settings;
    this.notifyUrl = notifyUrl;
    this.recent = recent;
  }

  Outcome present(PaymentCommand.Present present) {
    if (!recent.now().isBefore(present.ask().expiresAt())) {
      return new Outcome.NotSent("expired before it was sent");
    }
    return switch (present.ask().form()) {
      case QR -> code(present.operation(), present.ask());
      case REDIRECT -> page(present.operation(), present.ask());
      case IN_APP -> new Outcome.Misconfigured("Alipay is asked by QR code or page");
    };
  }

  private Outcome code(Operation operation, Ask ask) {
    AlipayTradePrecreateModel model = new AlipayTradePrecreateModel();
    model.setOutTradeNo(operation.reference());
    model.setTotalAmount(Yuan.text(operation.amount()));
    model.setSubject(subject(ask.subject()));
    model.setSellerId(settings.sellerId());
    model.setTimeExpire(Shanghai.text(ask.expiresAt()));
    AlipayTradePrecreateRequest request = new AlipayTradePrecreateRequest();
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    return calls
        .call(request)
        .outcome(
            told -> action(operation, Form.QR, told.getQrCode()),
            refused -> Refusals.afterSending(refused.fate(), refused.subCode()));
  }

  /** Signed here; Alipay hears of it when the payer opens the page. */
  private Outcome page(Operation operation, Ask ask) {
    String address = settings.wap() ? wapPage(operation, ask) : desktopPage(operation, ask);
    return action(operation, Form.REDIRECT, address);
  }

  private @Nullable String wapPage(Operation operation, Ask ask) {
    AlipayTradeWapPayModel model = new AlipayTradeWapPayModel();
    model.setOutTradeNo(operation.reference());
    model.setTotalAmount(Yuan.text(operation.amount()));
    model.setSubject(subject(ask.subject()));
    model.setSellerId(settings.sellerId());
    model.setProductCode("QUICK_WAP_WAY");
    model.setTimeExpire(Shanghai.text(ask.expiresAt()));
    AlipayTradeWapPayRequest request = new AlipayTradeWapPayRequest();
    if (ask.returnUrl() != null) {
      model.setQuitUrl(ask.returnUrl().toString());
      request.setReturnUrl(ask.returnUrl().toString());
    }
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    return calls.page(request);
  }

  private @Nullable String desktopPage(Operation operation, Ask ask) {
    AlipayTradePagePayModel model = new AlipayTradePagePayModel();
    model.setOutTradeNo(operation.reference());
    model.setTotalAmount(Yuan.text(operation.amount()));
    model.setSubject(subject(ask.subject()));
    model.setProductCode("FAST_INSTANT_TRADE_PAY");
    model.setTimeExpire(Shanghai.text(ask.expiresAt()));
    AlipayTradePagePayRequest request = new AlipayTradePagePayRequest();
    if (ask.returnUrl() != null) {
      request.setReturnUrl(ask.returnUrl().toString());
    }
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    return calls.page(request);
  }

  private Outcome action(Operation operation, Form form, @Nullable String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST_ACTION) {
      return new Outcome.Unknown("Alipay told nothing to show to the payer");
    }
    Outcome.ActionRequired action = new Outcome.ActionRequired("", form, text);
    recent.keep(operation.reference(), action);
    return action;
  }

  /** The bill's columns are separated by commas; some signs are not taken in a subject. */
  static String subject(String text) {
    return text.replaceAll("[/=&,\\p{Cntrl}]", " ");
  }

  Outcome query(PaymentCommand.Present present) {
    Operation operation = present.operation();
    boolean over = !recent.now().isBefore(present.ask().expiresAt());
    Reply<AlipayTradeQueryResponse> reply = trade(operation.reference());
    if (reply instanceof Reply.Told<AlipayTradeQueryResponse>(AlipayTradeQueryResponse response)
        && "WAIT_BUYER_PAY".equals(response.getTradeStatus())) {
      return over ? closed(operation) : waiting(operation, response.getTradeNo());
    }
    return reply.outcome(
        told -> state(told, operation.amount()),
        refused ->
            refused.fate() == Fate.NOT_FOUND
                ? unseen(operation, over)
                : Refusals.afterAsking(refused.fate(), refused.subCode()));
  }

  private Outcome waiting(Operation operation, @Nullable String tradeNo) {
    Outcome.ActionRequired action = recent.action(operation.reference());
    String ref = Objects.requireNonNullElse(tradeNo, "");
    return action == null
        ? new Outcome.Pending(ref)
        : new Outcome.ActionRequired(ref, action.form(), action.action());
  }

  /** Nobody scanned its code yet, or it never came. */
  private Outcome unseen(Operation operation, boolean over) {
    Outcome.ActionRequired action = recent.action(operation.reference());
    if (action != null && !over) {
      return action;
    }
    return recent.settled(operation.reference(), operation.createdAt())
        ? new Outcome.NotSent("Alipay knows no such trade")
        : new Outcome.Unknown("not known to Alipay yet");
  }

  /** Past its time Alipay closes it by itself; whoever asks before that closes it. */
  private Outcome closed(Operation operation) {
    Outcome end = close(operation.reference());
    return end instanceof Outcome.Succeeded ? new Outcome.Declined("expired") : end;
  }

  Reply<AlipayTradeQueryResponse> trade(String reference) {
    AlipayTradeQueryModel model = new AlipayTradeQueryModel();
    model.setOutTradeNo(reference);
    AlipayTradeQueryRequest request = new AlipayTradeQueryRequest();
    request.setBizModel(model);
    return calls.call(request);
  }

  /** What a trade became; of another amount than ours it decides nothing. */
  static Outcome state(AlipayTradeQueryResponse told, Money amount) {
    String ref = Objects.requireNonNullElse(told.getTradeNo(), "");
    // A trade that was paid and given back in full is closed as well: it was paid all the same.
    boolean paid = told.getSendPayDate() != null;
    String status =
        paid && "TRADE_CLOSED".equals(told.getTradeStatus())
            ? "TRADE_SUCCESS"
            : told.getTradeStatus();
    return state(status, ref, told.getTotalAmount(), amount);
  }

  static Outcome state(@Nullable String status, String ref, @Nullable String total, Money amount) {
    return switch (Objects.requireNonNullElse(status, "")) {
      case "TRADE_SUCCESS", "TRADE_FINISHED" ->
          Yuan.same(total, amount)
              ? new Outcome.Succeeded(amount, Money.zero(amount.currency()), ref)
              : new Outcome.Unknown("paid, of another amount");
      case "TRADE_CLOSED" -> new Outcome.Declined("closed");
      case "WAIT_BUYER_PAY" -> new Outcome.Pending(ref);
      default -> new Outcome.Unknown("a state that is not known");
    };
  }

  Outcome cancel(PaymentCommand.Cancel cancel) {
    String reference = cancel.target().reference();
    Outcome now = queryCancel(cancel);
    if (now instanceof Outcome.Succeeded || now instanceof Outcome.Declined) {
      return now;
    }
    return trade(reference)
        .outcome(
            told -> close(reference),
            refused ->
                refused.fate() == Fate.NOT_FOUND
                    ? revoke(reference)
                    : Refusals.afterAsking(refused.fate(), refused.subCode()));
  }

  private Outcome close(String reference) {
    AlipayTradeCloseModel model = new AlipayTradeCloseModel();
    model.setOutTradeNo(reference);
    AlipayTradeCloseRequest request = new AlipayTradeCloseRequest();
    request.setBizModel(model);
    return calls
        .call(request)
        .outcome(
            told -> ended(reference),
            refused -> Refusals.afterSending(refused.fate(), refused.subCode()));
  }

  /**
   * A code that nobody scanned is no trade that could be closed; revoking spoils the reference. If
   * the payer pays in between, Alipay gives the money back: nothing of it stays with us either way.
   */
  private Outcome revoke(String reference) {
    AlipayTradeCancelModel model = new AlipayTradeCancelModel();
    model.setOutTradeNo(reference);
    AlipayTradeCancelRequest request = new AlipayTradeCancelRequest();
    request.setBizModel(model);
    return calls
        .call(request)
        .outcome(
            told -> ended(reference),
            refused -> Refusals.afterSending(refused.fate(), refused.subCode()));
  }

  private Outcome ended(String reference) {
    recent.drop(reference);
    return Outcome.Succeeded.of(Money.zero(Yuan.CURRENCY));
  }

  /** Whether the trade that was to be cancelled can still be paid. */
  Outcome queryCancel(PaymentCommand.Cancel cancel) {
    Operation operation = cancel.operation();
    return trade(cancel.target().reference())
        .outcome(
            told ->
                switch (Objects.requireNonNullElse(told.getTradeStatus(), "")) {
                  case "TRADE_CLOSED" ->
                      told.getSendPayDate() == null
                          ? ended(cancel.target().reference())
                          : new Outcome.Declined("paid");
                  case "TRADE_SUCCESS", "TRADE_FINISHED" -> new Outcome.Declined("paid");
                  case "WAIT_BUYER_PAY" -> notYet(operation);
                  default -> new Outcome.Unknown("a state that is not known");
                },
            refused ->
                refused.fate() == Fate.NOT_FOUND
                    ? notYet(operation)
                    : Refusals.afterAsking(refused.fate(), refused.subCode()));
  }

  private Outcome notYet(Operation operation) {
    return recent.settled(operation.reference(), operation.createdAt())
        ? new Outcome.NotSent("not cancelled")
        : new Outcome.Unknown("not cancelled yet");
  }
}
