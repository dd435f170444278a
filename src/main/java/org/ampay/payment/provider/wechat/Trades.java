package org.ampay.payment.provider.wechat;

import com.google.gson.JsonObject;
import com.wechat.pay.java.core.http.UrlEncoder;
import com.wechat.pay.java.service.payments.h5.H5Service;
import com.wechat.pay.java.service.payments.h5.model.H5Info;
import com.wechat.pay.java.service.payments.jsapi.JsapiServiceExtension;
import com.wechat.pay.java.service.payments.jsapi.model.Payer;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayWithRequestPaymentResponse;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.payments.nativepay.NativePayService;
import com.wechat.pay.java.service.payments.nativepay.model.Amount;
import com.wechat.pay.java.service.payments.nativepay.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.nativepay.model.PrepayRequest;
import com.wechat.pay.java.service.payments.nativepay.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.payments.nativepay.model.SettleInfo;
import java.net.URI;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.ampay.base.Money;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.jspecify.annotations.Nullable;

/**
 * Payments that the payer makes at once: by QR code (Native), in a browser of a phone (H5) or in
 * WeChat itself (JSAPI). All three are one kind of order there; our reference is its {@code
 * out_trade_no}.
 */
final class Trades {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

  private final WechatClient client;
  private final WechatSettings settings;
  private final String notifyUrl;
  private final Recent recent;
  private final NativePayService nativePay;
  private final H5Service h5;
  private final JsapiServiceExtension jsapi;

  Trades(WechatClient client, String notifyUrl, Recent recent) {
    this.client = client;
    this.settings = client.settings;
    this.notifyUrl = notifyUrl;
    this.recent = recent;
    this.nativePay = new NativePayService.Builder().httpClient(client.http).build();
    this.h5 = new H5Service.Builder().httpClient(client.http).build();
    this.jsapi =
        new JsapiServiceExtension.Builder()
            .config(client.config)
            .httpClient(client.http)
            .signType("RSA")
            .build();
  }

  /** The same payment asked for twice is one payment there, and answered alike. */
  Reply<Outcome> present(PaymentCommand.Present command) {
    Operation operation = command.operation();
    Ask ask = command.ask();
    Reply<Outcome> reply =
        switch (ask.form()) {
          case QR -> byQr(operation, ask);
          case REDIRECT -> byRedirect(operation, ask);
          case IN_APP -> inApp(operation, ask);
        };
    if (reply instanceof Reply.Answered<Outcome>(Outcome.ActionRequired action)) {
      recent.keep(operation.reference(), action);
    }
    return reply;
  }

  private Reply<Outcome> byQr(Operation operation, Ask ask) {
    PrepayRequest request = new PrepayRequest();
    request.setAppid(settings.appId());
    request.setMchid(settings.mchId());
    request.setOutTradeNo(operation.reference());
    request.setDescription(ask.subject());
    request.setTimeExpire(expiry(ask));
    request.setNotifyUrl(notifyUrl);
    Amount amount = new Amount();
    amount.setTotal(Math.toIntExact(operation.amount().minor()));
    amount.setCurrency(Fen.CURRENCY);
    request.setAmount(amount);
    if (settings.profitSharing()) {
      SettleInfo settle = new SettleInfo();
      settle.setProfitSharing(true);
      request.setSettleInfo(settle);
    }
    return client.call(() -> action(Form.QR, nativePay.prepay(request).getCodeUrl()));
  }

  private Reply<Outcome> byRedirect(Operation operation, Ask ask) {
    String clientIp = ask.clientIp();
    if (clientIp == null) {
      return misconfigured("a payment in a browser needs the payer's address");
    }
    var request = new com.wechat.pay.java.service.payments.h5.model.PrepayRequest();
    request.setAppid(settings.appId());
    request.setMchid(settings.mchId());
    request.setOutTradeNo(operation.reference());
    request.setDescription(ask.subject());
    request.setTimeExpire(expiry(ask));
    request.setNotifyUrl(notifyUrl);
    var amount = new com.wechat.pay.java.service.payments.h5.model.Amount();
    amount.setTotal(Math.toIntExact(operation.amount().minor()));
    amount.setCurrency(Fen.CURRENCY);
    request.setAmount(amount);
    var scene = new com.wechat.pay.java.service.payments.h5.model.SceneInfo();
    scene.setPayerClientIp(clientIp);
    H5Info info = new H5Info();
    info.setType("Wap");
    scene.setH5Info(info);
    request.setSceneInfo(scene);
    if (settings.profitSharing()) {
      var settle = new com.wechat.pay.java.service.payments.h5.model.SettleInfo();
      settle.setProfitSharing(true);
      request.setSettleInfo(settle);
    }
    return client.call(
        () -> action(Form.REDIRECT, returning(h5.prepay(request).getH5Url(), ask.returnUrl())));
  }

  private static String returning(String url, @Nullable URI back) {
    return back == null ? url : url + "&redirect_url=" + UrlEncoder.urlEncode(back.toString());
  }

  private Reply<Outcome> inApp(Operation operation, Ask ask) {
    String openId = ask.payerId();
    if (openId == null) {
      return misconfigured("a payment in WeChat needs the payer's openid");
    }
    var request = new com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest();
    request.setAppid(settings.appId());
    request.setMchid(settings.mchId());
    request.setOutTradeNo(operation.reference());
    request.setDescription(ask.subject());
    request.setTimeExpire(expiry(ask));
    request.setNotifyUrl(notifyUrl);
    var amount = new com.wechat.pay.java.service.payments.jsapi.model.Amount();
    amount.setTotal(Math.toIntExact(operation.amount().minor()));
    amount.setCurrency(Fen.CURRENCY);
    request.setAmount(amount);
    Payer payer = new Payer();
    payer.setOpenid(openId);
    request.setPayer(payer);
    if (settings.profitSharing()) {
      var settle = new com.wechat.pay.java.service.payments.jsapi.model.SettleInfo();
      settle.setProfitSharing(true);
      request.setSettleInfo(settle);
    }
    return client.call(() -> action(Form.IN_APP, bridge(jsapi.prepayWithRequestPayment(request))));
  }

  /** For {@code WeixinJSBridge.invoke(call, args)}. */
  private static String bridge(PrepayWithRequestPaymentResponse signed) {
    JsonObject args = new JsonObject();
    args.addProperty("appId", signed.getAppId());
    args.addProperty("timeStamp", signed.getTimeStamp());
    args.addProperty("nonceStr", signed.getNonceStr());
    args.addProperty("package", signed.getPackageVal());
    args.addProperty("signType", signed.getSignType());
    args.addProperty("paySign", signed.getPaySign());
    JsonObject call = new JsonObject();
    call.addProperty("call", "getBrandWCPayRequest");
    call.add("args", args);
    return call.toString();
  }

  private static Outcome action(Form form, String action) {
    return new Outcome.ActionRequired("", form, Objects.requireNonNull(action));
  }

  private static Reply<Outcome> misconfigured(String reason) {
    return new Reply.Answered<>(new Outcome.Misconfigured(reason));
  }

  private static String expiry(Ask ask) {
    return TIME.format(ask.expiresAt().truncatedTo(ChronoUnit.SECONDS).atZone(ZONE));
  }

  /** What became of a payment; what the payer is to be shown is had again when it was lost. */
  Reply<Outcome> query(PaymentCommand.Present command) {
    Operation operation = command.operation();
    return switch (find(operation.reference())) {
      case Reply.Answered<Transaction>(Transaction found) -> {
        if (found.getTradeState() != Transaction.TradeStateEnum.NOTPAY) {
          yield new Reply.Answered<>(outcome(found, operation.amount()));
        }
        if (recent.isOver(command.ask().expiresAt())) {
          yield expired(operation.reference());
        }
        Outcome.ActionRequired shown = recent.action(operation.reference());
        yield shown != null ? new Reply.Answered<>(shown) : present(command);
      }
      case Reply.Refused<Transaction>(int status, String code) -> new Reply.Refused<>(status, code);
      case Reply.NotSent<Transaction>(String reason) -> new Reply.NotSent<>(reason);
      case Reply.Unclear<Transaction>(String reason) -> new Reply.Unclear<>(reason);
    };
  }

  /** Nobody may pay it any more: closed, so that it is certain. */
  private Reply<Outcome> expired(String reference) {
    return client.call(
        () -> {
          nativePay.closeOrder(closing(reference));
          return new Outcome.Declined("not paid in time");
        });
  }

  /** The order of a reference, if it is the one that was asked for. */
  private Reply<Transaction> find(String reference) {
    QueryOrderByOutTradeNoRequest request = new QueryOrderByOutTradeNoRequest();
    request.setMchid(settings.mchId());
    request.setOutTradeNo(reference);
    Reply<Transaction> reply = client.call(() -> nativePay.queryOrderByOutTradeNo(request));
    if (reply instanceof Reply.Answered<Transaction>(Transaction found)
        && !(settings.mchId().equals(found.getMchid())
            && reference.equals(found.getOutTradeNo()))) {
      return new Reply.Unclear<>("an answer about something else");
    }
    return reply;
  }

  /** What an order's state says of the payment; also in callbacks. */
  static Outcome outcome(Transaction found, Money asked) {
    Transaction.TradeStateEnum state = found.getTradeState();
    if (state == null) {
      return new Outcome.Unknown("no state");
    }
    return switch (state) {
      // REFUND: it was paid, and something of it was given back since.
      case SUCCESS, REFUND -> paid(found, asked);
      // PAYERROR: the payer may try again until the order is closed.
      case NOTPAY, USERPAYING, ACCEPT, PAYERROR -> new Outcome.Pending("");
      case CLOSED, REVOKED -> new Outcome.Declined("the order is " + state);
    };
  }

  private static Outcome paid(Transaction found, Money asked) {
    if (found.getAmount() == null
        || !Fen.CURRENCY.equals(found.getAmount().getCurrency())
        || !Fen.same(found.getAmount().getTotal(), asked)) {
      return new Outcome.Unknown("paid, with another amount");
    }
    return new Outcome.Succeeded(
        asked,
        Money.zero(asked.currency()),
        Objects.requireNonNullElse(found.getTransactionId(), ""));
  }

  /** Closes an order that is not paid: from the answer on it cannot be paid. */
  Reply<Outcome> close(PaymentCommand.Cancel command) {
    return client.call(
        () -> {
          nativePay.closeOrder(closing(command.target().reference()));
          return Outcome.Succeeded.of(Money.zero(Fen.CURRENCY));
        });
  }

  private CloseOrderRequest closing(String reference) {
    CloseOrderRequest request = new CloseOrderRequest();
    request.setMchid(settings.mchId());
    request.setOutTradeNo(reference);
    return request;
  }

  /** Whether an order was closed or was paid before. */
  Reply<Outcome> queryClose(PaymentCommand.Cancel command) {
    return switch (find(command.target().reference())) {
      case Reply.Answered<Transaction>(Transaction found) ->
          new Reply.Answered<>(closed(found.getTradeState(), command));
      case Reply.Refused<Transaction> refused
          when refused.notFound()
              && recent.settled(command.target().reference(), command.target().at()) ->
          // It never came to WeChat and the payer was never shown anything.
          new Reply.Answered<>(Outcome.Succeeded.of(Money.zero(Fen.CURRENCY)));
      case Reply.Refused<Transaction>(int status, String code) -> new Reply.Refused<>(status, code);
      case Reply.NotSent<Transaction>(String reason) -> new Reply.NotSent<>(reason);
      case Reply.Unclear<Transaction>(String reason) -> new Reply.Unclear<>(reason);
    };
  }

  private Outcome closed(Transaction.TradeStateEnum state, PaymentCommand.Cancel command) {
    return switch (state) {
      case CLOSED, REVOKED -> Outcome.Succeeded.of(Money.zero(Fen.CURRENCY));
      case SUCCESS, REFUND -> new Outcome.Declined("it was paid");
      case USERPAYING, ACCEPT -> new Outcome.Pending("");
      case NOTPAY, PAYERROR ->
          recent.settled(command.operation().reference(), command.operation().createdAt())
              ? new Outcome.NotSent("the order is still open")
              : new Outcome.Unknown("the order is still open");
    };
  }
}
