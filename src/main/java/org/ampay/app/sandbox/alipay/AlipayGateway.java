package org.ampay.app.sandbox.alipay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.ampay.app.sandbox.SandboxWire;

/**
 * Alipay's gateway: verifies the merchant's signature, does what a method says, signs the answer.
 */
final class AlipayGateway {

  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DAY = Duration.ofDays(1);

  private final AlipayKeys keys;
  private final AlipayMerchant merchant;
  private final AlipayState state;
  private final Supplier<URI> address;

  AlipayGateway(
      AlipayKeys keys, AlipayMerchant merchant, AlipayState state, Supplier<URI> address) {
    this.keys = keys;
    this.merchant = merchant;
    this.state = state;
    this.address = address;
  }

  /** A body for a call's parameters. */
  String answer(Map<String, String> call, SandboxWire.Oddity oddity) {
    String method = call.getOrDefault("method", "");
    if (!keys.isByMerchant(call)) {
      return unsigned("40002", "isv.invalid-signature");
    }
    ObjectNode told;
    try {
      JsonNode content = JSON.readTree(call.getOrDefault("biz_content", "{}"));
      told =
          oddity == SandboxWire.Oddity.DECLINE
              ? error(declined(method))
              : dispatch(method, content, call.getOrDefault("notify_url", ""));
    } catch (JsonProcessingException
        | NumberFormatException
        | ArithmeticException
        | DateTimeException e) {
      told = error("INVALID_PARAMETER");
    }
    String body = told.toString();
    return "{\""
        + method.replace('.', '_')
        + "_response\":"
        + body
        + ",\"sign\":\""
        + keys.sign(body, oddity == SandboxWire.Oddity.FORGED_SIGNATURE)
        + "\"}";
  }

  static String unsigned(String code, String subCode) {
    ObjectNode told = JSON.createObjectNode();
    told.putObject("error_response").put("code", code).put("sub_code", subCode).put("msg", "");
    return told.toString();
  }

  private static String declined(String method) {
    return switch (method) {
      case "alipay.trade.refund" -> "ACQ.TRADE_NOT_ALLOW_REFUND";
      case "alipay.fund.auth.order.unfreeze" -> "REQUEST_AMOUNT_EXCEED";
      case "alipay.fund.auth.order.voucher.create" -> "PAYMENT_REQUEST_HAS_RISK";
      default -> "ACQ.PAYMENT_REQUEST_HAS_RISK";
    };
  }

  static ObjectNode ok() {
    return JSON.createObjectNode().put("code", "10000").put("msg", "Success");
  }

  static ObjectNode error(String subCode) {
    return JSON.createObjectNode()
        .put("code", "40004")
        .put("msg", "Business Failed")
        .put("sub_code", subCode)
        .put("sub_msg", "");
  }

  static long fen(JsonNode content, String name) {
    return new BigDecimal(content.path(name).asText()).movePointRight(2).longValueExact();
  }

  static String yuan(long fen) {
    return BigDecimal.valueOf(fen, 2).toPlainString();
  }

  private ObjectNode dispatch(String method, JsonNode content, String notifyUrl) {
    return switch (method) {
      case "alipay.trade.precreate" -> precreate(content, notifyUrl);
      case "alipay.trade.query" -> query(content);
      case "alipay.trade.close" -> close(content);
      case "alipay.trade.cancel" -> revoke(content);
      case "alipay.trade.refund" -> refund(content);
      case "alipay.trade.fastpay.refund.query" -> refundQuery(content);
      case "alipay.trade.pay" -> pay(content, notifyUrl);
      case "alipay.fund.auth.order.voucher.create" -> voucher(content, notifyUrl);
      case "alipay.fund.auth.operation.detail.query" -> detail(content);
      case "alipay.fund.auth.operation.cancel" -> cancelFreeze(content);
      case "alipay.fund.auth.order.unfreeze" -> unfreeze(content);
      case "alipay.data.dataservice.bill.downloadurl.query" -> bill(content);
      default -> error("INVALID_PARAMETER");
    };
  }

  private ObjectNode precreate(JsonNode content, String notifyUrl) {
    String no = content.path("out_trade_no").asText();
    Trade trade = state.trades.get(no);
    if (trade == null) {
      Instant expires = AlipayBill.time(content.path("time_expire").asText());
      trade =
          state.trade(
              no,
              content.path("subject").asText(),
              fen(content, "total_amount"),
              notifyUrl,
              expires);
    } else if (trade.isPaid()) {
      return error("ACQ.TRADE_HAS_SUCCESS");
    } else if (trade.status.equals("TRADE_CLOSED")) {
      return error("ACQ.TRADE_HAS_CLOSE");
    } else if (trade.fen != fen(content, "total_amount")) {
      return error("ACQ.CONTEXT_INCONSISTENT");
    }
    return ok().put("out_trade_no", no).put("qr_code", qr(trade.code));
  }

  private ObjectNode query(JsonNode content) {
    Trade trade = state.trades.get(content.path("out_trade_no").asText());
    if (trade == null || trade.status.isEmpty()) {
      return error("ACQ.TRADE_NOT_EXIST");
    }
    ObjectNode told =
        ok().put("out_trade_no", trade.outTradeNo)
            .put("trade_no", trade.tradeNo)
            .put("trade_status", trade.status)
            .put("total_amount", yuan(trade.fen));
    return trade.isPaid() ? told.put("send_pay_date", AlipayBill.text(trade.paidAt)) : told;
  }

  private ObjectNode close(JsonNode content) {
    Trade trade = state.trades.get(content.path("out_trade_no").asText());
    if (trade == null || trade.status.isEmpty()) {
      return error("ACQ.TRADE_NOT_EXIST");
    }
    if (trade.isPaid()) {
      return error("ACQ.TRADE_STATUS_ERROR");
    }
    trade.status = "TRADE_CLOSED";
    return ok().put("out_trade_no", trade.outTradeNo).put("trade_no", trade.tradeNo);
  }

  private ObjectNode revoke(JsonNode content) {
    String no = content.path("out_trade_no").asText();
    Trade known = state.trades.get(no);
    Trade trade = known == null ? state.trade(no, "", 0, "", state.now()) : known;
    boolean back = trade.isPaid() && trade.refunded() < trade.fen;
    trade.status = "TRADE_CLOSED";
    if (back) {
      state.refund(trade, no, trade.fen - trade.refunded());
    }
    String action = back ? "refund" : "close";
    return ok().put("out_trade_no", no).put("retry_flag", "N").put("action", action);
  }

  private ObjectNode refund(JsonNode content) {
    Trade trade = state.trades.get(content.path("out_trade_no").asText());
    if (trade == null || trade.paidAt.equals(Instant.EPOCH)) {
      return error("ACQ.TRADE_NOT_EXIST");
    }
    String no = content.path("out_request_no").asText();
    long fen = fen(content, "refund_amount");
    Trade.Refund before = trade.refunds.get(no);
    if (before != null && before.fen() != fen) {
      return error("ACQ.DISCORDANT_REPEAT_REQUEST");
    }
    if (before == null) {
      if (fen <= 0 || fen > trade.fen - trade.refunded()) {
        return error("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
      }
      state.refund(trade, no, fen);
    }
    return ok().put("out_trade_no", trade.outTradeNo)
        .put("trade_no", trade.tradeNo)
        .put("refund_fee", yuan(trade.refunded()))
        .put("fund_change", before == null ? "Y" : "N");
  }

  private ObjectNode refundQuery(JsonNode content) {
    Trade trade = state.trades.get(content.path("out_trade_no").asText());
    if (trade == null) {
      return error("TRADE_NOT_EXIST");
    }
    Trade.Refund refund = trade.refunds.get(content.path("out_request_no").asText());
    return refund == null
        ? ok()
        : ok().put("out_trade_no", trade.outTradeNo)
            .put("refund_status", "REFUND_SUCCESS")
            .put("refund_amount", yuan(refund.fen()));
  }

  private ObjectNode pay(JsonNode content, String notifyUrl) {
    String no = content.path("out_trade_no").asText();
    Trade trade = state.trades.get(no);
    if (trade != null) {
      return error("ACQ.TRADE_HAS_SUCCESS");
    }
    Freeze freeze = state.byAuthNo(content.path("auth_no").asText());
    long fen = fen(content, "total_amount");
    if (freeze == null || fen > freeze.rest || fen <= 0) {
      return error("ACQ.AUTH_AMOUNT_NOT_ENOUGH");
    }
    boolean complete = content.path("auth_confirm_mode").asText().equals("COMPLETE");
    state.setAside(freeze, complete ? 0 : freeze.rest - fen);
    trade = state.trade(no, content.path("subject").asText(), fen, notifyUrl, state.now());
    state.pay(trade);
    return ok().put("out_trade_no", no)
        .put("trade_no", trade.tradeNo)
        .put("total_amount", yuan(fen));
  }

  private ObjectNode voucher(JsonNode content, String notifyUrl) {
    String no = content.path("out_order_no").asText();
    Freeze freeze = state.freezes.get(no);
    if (freeze == null) {
      String minutes = content.path("pay_timeout").asText("30m").replace("m", "");
      freeze =
          state.freeze(
              no,
              content.path("order_title").asText(),
              fen(content, "amount"),
              notifyUrl,
              state.now().plus(Duration.ofMinutes(Long.parseLong(minutes))));
    } else if (freeze.status.equals("CLOSED")) {
      return error("AUTH_ORDER_HAS_CLOSED");
    } else if (freeze.status.equals("SUCCESS")) {
      return error("ORDER_ALREADY_FINISH");
    }
    return ok().put("out_order_no", no)
        .put("out_request_no", no)
        .put("code_type", "qr_code")
        .put("code_value", qr(freeze.code));
  }

  private ObjectNode detail(JsonNode content) {
    Freeze freeze = state.freezes.get(content.path("out_order_no").asText());
    if (freeze == null || freeze.status.isEmpty()) {
      return error("AUTH_ORDER_NOT_EXIST");
    }
    ObjectNode told = ok().put("auth_no", freeze.authNo).put("out_order_no", freeze.outOrderNo);
    if (content.path("operation_type").asText().equals("FREEZE")) {
      return told.put("status", freeze.status).put("amount", yuan(freeze.fen));
    }
    Long unfrozen = freeze.unfreezes.get(content.path("out_request_no").asText());
    return unfrozen == null
        ? error("AUTH_OPERATION_NOT_EXIST")
        : told.put("status", "SUCCESS").put("amount", yuan(unfrozen));
  }

  private ObjectNode cancelFreeze(JsonNode content) {
    String no = content.path("out_order_no").asText();
    Freeze known = state.freezes.get(no);
    Freeze freeze = known == null ? state.freeze(no, "", 0, "", state.now()) : known;
    String action = freeze.status.equals("SUCCESS") ? "unfreeze" : "close";
    freeze.status = "CLOSED";
    state.setAside(freeze, 0);
    return ok().put("out_order_no", no).put("out_request_no", no).put("action", action);
  }

  private ObjectNode unfreeze(JsonNode content) {
    Freeze freeze = state.byAuthNo(content.path("auth_no").asText());
    if (freeze == null) {
      return error("AUTH_ORDER_NOT_EXIST");
    }
    String no = content.path("out_request_no").asText();
    long fen = fen(content, "amount");
    if (!freeze.unfreezes.containsKey(no)) {
      if (fen > freeze.rest) {
        return error("REQUEST_AMOUNT_EXCEED");
      }
      state.setAside(freeze, freeze.rest - fen);
      freeze.unfreezes.put(no, fen);
    }
    return ok().put("auth_no", freeze.authNo).put("status", "SUCCESS").put("amount", yuan(fen));
  }

  private ObjectNode bill(JsonNode content) {
    String day = content.path("bill_date").asText();
    Instant ready = AlipayBill.time(day + " 00:00:00").plus(DAY).plus(Duration.ofHours(9));
    return state.now().isBefore(ready)
        ? error("isp.bill_not_exist")
        : ok().put("bill_download_url", bill(day));
  }

  /** Signed, so that nobody else finds it. */
  private String bill(String day) {
    String sign = keys.sign(merchant.appId() + day, false);
    return address.get()
        + AlipayWire.BILL
        + "?app_id="
        + merchant.appId()
        + "&day="
        + day
        + "&sign="
        + URLEncoder.encode(sign, StandardCharsets.UTF_8);
  }

  private String qr(String code) {
    return address.get() + AlipayWire.CODE + code;
  }
}
