package org.ampay.payment.provider.alipay;

import com.alipay.api.domain.AlipayFundAuthOperationCancelModel;
import com.alipay.api.domain.AlipayFundAuthOperationDetailQueryModel;
import com.alipay.api.domain.AlipayFundAuthOrderUnfreezeModel;
import com.alipay.api.domain.AlipayFundAuthOrderVoucherCreateModel;
import com.alipay.api.domain.AlipayTradePayModel;
import com.alipay.api.request.AlipayFundAuthOperationCancelRequest;
import com.alipay.api.request.AlipayFundAuthOperationDetailQueryRequest;
import com.alipay.api.request.AlipayFundAuthOrderUnfreezeRequest;
import com.alipay.api.request.AlipayFundAuthOrderVoucherCreateRequest;
import com.alipay.api.request.AlipayTradePayRequest;
import com.alipay.api.response.AlipayFundAuthOperationDetailQueryResponse;
import com.alipay.api.response.AlipayTradePayResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.ampay.base.Money;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;

/**
 * Pre-authorization. A freeze is known by our reference as {@code out_order_no} and {@code
 * out_request_no}; it is paid from by a trade of its own and given back by a request of its own.
 */
final class Freezes {

  private static final long LONGEST_MINUTES = Duration.ofDays(15).toMinutes();

  private final AlipayCalls calls;
  private final AlipaySettings settings;
  private final String notifyUrl;
  private final Recent recent;
  private final Trades trades;

  Freezes(
      AlipayCalls calls, AlipaySettings settings, String notifyUrl, Recent recent, Trades trades) {
    this.calls = calls;
    this.settings = settings;
    this.notifyUrl = notifyUrl;
    this.recent = recent;
    this.trades = trades;
  }

  Outcome authorize(Operation operation, Ask ask) {
    long minutes = Duration.between(recent.now(), ask.expiresAt()).toMinutes();
    if (minutes < 1) {
      return new Outcome.NotSent("expired before it was sent");
    }
    if (ask.form() == Form.IN_APP) {
      return new Outcome.Misconfigured("Alipay freezes by QR code or its address");
    }
    AlipayFundAuthOrderVoucherCreateModel model = new AlipayFundAuthOrderVoucherCreateModel();
    model.setOutOrderNo(operation.reference());
    model.setOutRequestNo(operation.reference());
    model.setOrderTitle(Trades.subject(ask.subject()));
    model.setAmount(Yuan.text(operation.amount()));
    model.setPayeeUserId(settings.sellerId());
    model.setProductCode("PRE_AUTH");
    model.setPayTimeout(Math.min(minutes, LONGEST_MINUTES) + "m");
    AlipayFundAuthOrderVoucherCreateRequest request = new AlipayFundAuthOrderVoucherCreateRequest();
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    return calls
        .call(request)
        .outcome(
            told -> shown(operation, ask.form(), told.getCodeValue()),
            refused -> Refusals.afterSending(refused.fate(), refused.subCode()));
  }

  private Outcome shown(Operation operation, Form form, String code) {
    if (code == null || code.isBlank()) {
      return new Outcome.Unknown("Alipay told nothing to show to the payer");
    }
    Outcome.ActionRequired action = new Outcome.ActionRequired("", form, code);
    recent.keep(operation.reference(), action);
    return action;
  }

  private Reply<AlipayFundAuthOperationDetailQueryResponse> detail(
      String order, String request, String type) {
    AlipayFundAuthOperationDetailQueryModel model = new AlipayFundAuthOperationDetailQueryModel();
    model.setOutOrderNo(order);
    model.setOutRequestNo(request);
    model.setOperationType(type);
    AlipayFundAuthOperationDetailQueryRequest query =
        new AlipayFundAuthOperationDetailQueryRequest();
    query.setBizModel(model);
    return calls.call(query);
  }

  private Reply<AlipayFundAuthOperationDetailQueryResponse> freeze(String reference) {
    return detail(reference, reference, "FREEZE");
  }

  Outcome queryAuthorize(Operation operation, Ask ask) {
    boolean over = !recent.now().isBefore(ask.expiresAt());
    return freeze(operation.reference())
        .outcome(
            told -> state(told, operation, over),
            refused ->
                refused.fate() == Fate.NOT_FOUND
                    ? unseen(operation, over)
                    : Refusals.afterAsking(refused.fate(), refused.subCode()));
  }

  private Outcome state(
      AlipayFundAuthOperationDetailQueryResponse told, Operation operation, boolean over) {
    return switch (Objects.requireNonNullElse(told.getStatus(), "")) {
      case "SUCCESS" ->
          Yuan.same(told.getAmount(), operation.amount())
              ? new Outcome.Succeeded(
                  operation.amount(),
                  Money.zero(Yuan.CURRENCY),
                  Objects.requireNonNullElse(told.getAuthNo(), ""))
              : new Outcome.Unknown("frozen, of another amount");
      case "CLOSED" -> new Outcome.Declined("closed");
      case "INIT" -> over ? expired(operation.reference()) : waiting(operation);
      default -> new Outcome.Unknown("a state that is not known");
    };
  }

  private Outcome waiting(Operation operation) {
    Outcome.ActionRequired action = recent.action(operation.reference());
    return action == null ? new Outcome.Pending("") : action;
  }

  private Outcome unseen(Operation operation, boolean over) {
    Outcome.ActionRequired action = recent.action(operation.reference());
    if (action != null && !over) {
      return action;
    }
    return recent.settled(operation.reference(), operation.createdAt())
        ? new Outcome.NotSent("Alipay knows no such freeze")
        : new Outcome.Unknown("not known to Alipay yet");
  }

  private Outcome expired(String reference) {
    Outcome end = revoke(reference);
    return end instanceof Outcome.Succeeded ? new Outcome.Declined("expired") : end;
  }

  Outcome cancel(PaymentCommand.Cancel cancel) {
    Outcome now = queryCancel(cancel);
    return switch (now) {
      case Outcome.NotSent _, Outcome.Pending _ -> revoke(cancel.target().reference());
      case Outcome.Succeeded _,
          Outcome.Declined _,
          Outcome.Unknown _,
          Outcome.ActionRequired _,
          Outcome.Misconfigured _ ->
          now;
    };
  }

  /** What was frozen in between is given back by Alipay: nothing stays frozen either way. */
  private Outcome revoke(String reference) {
    AlipayFundAuthOperationCancelModel model = new AlipayFundAuthOperationCancelModel();
    model.setOutOrderNo(reference);
    model.setOutRequestNo(reference);
    model.setRemark("cancelled");
    AlipayFundAuthOperationCancelRequest request = new AlipayFundAuthOperationCancelRequest();
    request.setBizModel(model);
    return calls
        .call(request)
        .outcome(
            told -> {
              recent.drop(reference);
              return Outcome.Succeeded.of(Money.zero(Yuan.CURRENCY));
            },
            refused -> Refusals.afterSending(refused.fate(), refused.subCode()));
  }

  /** Pending: it can still be agreed to. */
  Outcome queryCancel(PaymentCommand.Cancel cancel) {
    String reference = cancel.target().reference();
    return freeze(reference)
        .outcome(
            told ->
                switch (Objects.requireNonNullElse(told.getStatus(), "")) {
                  case "CLOSED" -> Outcome.Succeeded.of(Money.zero(Yuan.CURRENCY));
                  case "SUCCESS" -> new Outcome.Declined("agreed to");
                  case "INIT" -> notYet(cancel.operation());
                  default -> new Outcome.Unknown("a state that is not known");
                },
            refused ->
                refused.fate() == Fate.NOT_FOUND
                    ? notYet(cancel.operation())
                    : Refusals.afterAsking(refused.fate(), refused.subCode()));
  }

  private Outcome notYet(Operation operation) {
    return recent.settled(operation.reference(), operation.createdAt())
        ? new Outcome.NotSent("not cancelled")
        : new Outcome.Pending("");
  }

  Outcome capture(PaymentCommand.Capture capture) {
    return withAuthNo(capture.hold(), authNo -> pay(capture.operation(), authNo));
  }

  /** COMPLETE: what is not taken is unfrozen with it. */
  private Outcome pay(Operation operation, String authNo) {
    AlipayTradePayModel model = new AlipayTradePayModel();
    model.setOutTradeNo(operation.reference());
    model.setAuthNo(authNo);
    model.setAuthConfirmMode("COMPLETE");
    model.setProductCode("PRE_AUTH");
    model.setTotalAmount(Yuan.text(operation.amount()));
    model.setSubject("Charging");
    model.setSellerId(settings.sellerId());
    AlipayTradePayRequest request = new AlipayTradePayRequest();
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    return calls
        .call(request)
        .outcome(
            told -> paid(told, operation.amount()),
            refused -> Refusals.afterSending(refused.fate(), refused.subCode()));
  }

  private static Outcome paid(AlipayTradePayResponse told, Money amount) {
    if (!"10000".equals(told.getCode())) {
      return new Outcome.Pending(Objects.requireNonNullElse(told.getTradeNo(), ""));
    }
    return Trades.state(
        "TRADE_SUCCESS",
        Objects.requireNonNullElse(told.getTradeNo(), ""),
        told.getTotalAmount(),
        amount);
  }

  Outcome queryCapture(PaymentCommand.Capture capture) {
    Operation operation = capture.operation();
    return trades
        .trade(operation.reference())
        .outcome(
            told -> Trades.state(told, operation.amount()),
            refused ->
                refused.fate() == Fate.NOT_FOUND
                    ? neverCame(operation)
                    : Refusals.afterAsking(refused.fate(), refused.subCode()));
  }

  Outcome release(PaymentCommand.Release release) {
    return withAuthNo(release.hold(), authNo -> unfreeze(release, authNo));
  }

  private Outcome unfreeze(PaymentCommand.Release release, String authNo) {
    AlipayFundAuthOrderUnfreezeModel model = new AlipayFundAuthOrderUnfreezeModel();
    model.setAuthNo(authNo);
    model.setOutRequestNo(release.operation().reference());
    model.setAmount(Yuan.text(release.hold().amount()));
    model.setRemark("not used");
    AlipayFundAuthOrderUnfreezeRequest request = new AlipayFundAuthOrderUnfreezeRequest();
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    return calls
        .call(request)
        .outcome(
            told ->
                "SUCCESS".equals(told.getStatus())
                    ? Outcome.Succeeded.of(Money.zero(Yuan.CURRENCY))
                    : new Outcome.Unknown("to be asked for"),
            refused -> Refusals.afterSending(refused.fate(), refused.subCode()));
  }

  Outcome queryRelease(PaymentCommand.Release release) {
    Operation operation = release.operation();
    return detail(release.hold().reference(), operation.reference(), "UNFREEZE")
        .outcome(
            told ->
                switch (Objects.requireNonNullElse(told.getStatus(), "")) {
                  case "SUCCESS" -> Outcome.Succeeded.of(Money.zero(Yuan.CURRENCY));
                  case "INIT" -> new Outcome.Pending("");
                  case "CLOSED" -> new Outcome.Declined("closed");
                  default -> new Outcome.Unknown("a state that is not known");
                },
            refused ->
                refused.fate() == Fate.NOT_FOUND
                    ? neverCame(operation)
                    : Refusals.afterAsking(refused.fate(), refused.subCode()));
  }

  private Outcome neverCame(Operation operation) {
    return recent.settled(operation.reference(), operation.createdAt())
        ? new Outcome.NotSent("Alipay knows no such request")
        : new Outcome.Unknown("not known to Alipay yet");
  }

  /** Alipay's number of a freeze; asked for when nobody wrote it down. */
  private Outcome withAuthNo(PaymentCommand.Hold hold, Function<String, Outcome> then) {
    if (!hold.providerRef().isEmpty()) {
      return then.apply(hold.providerRef());
    }
    return freeze(hold.reference())
        .outcome(
            told ->
                "SUCCESS".equals(told.getStatus()) && told.getAuthNo() != null
                    ? then.apply(told.getAuthNo())
                    : new Outcome.Declined("nothing is frozen"),
            // Nothing was sent of the command itself.
            refused ->
                refused.fate() == Fate.OUR_FAULT
                    ? new Outcome.Misconfigured(refused.subCode())
                    : new Outcome.NotSent("the freeze could not be looked up"));
  }
}
