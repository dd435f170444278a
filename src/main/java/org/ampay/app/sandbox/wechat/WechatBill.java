package org.ampay.app.sandbox.wechat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The trade bill of a day, as WeChat writes it: yuan, and a backtick before each value. */
final class WechatBill {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** From then on the bill of the day before can be had. */
  static final LocalTime READY = LocalTime.of(10, 0);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** 0.60 %, in basis points. */
  private static final long RATE = 60;

  private static final String HEADER =
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
          + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
          + "手续费,费率,订单金额,申请退款金额,费率备注";
  private static final String TOTALS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

  private final String appId;
  private final String mchId;

  WechatBill(String appId, String mchId) {
    this.appId = appId;
    this.mchId = mchId;
  }

  /** The text of a day; empty when nothing moved. */
  String of(LocalDate day, List<Trade> paid, List<RefundRow> refunds) {
    List<Trade> taken =
        paid.stream().filter(trade -> isOn(day, Objects.requireNonNull(trade.paidAt))).toList();
    List<RefundRow> given = refunds.stream().filter(row -> isOn(day, row.at())).toList();
    if (taken.isEmpty() && given.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\uFEFF").append(HEADER).append("\r\n");
    taken.forEach(trade -> text.append(line(payment(trade))));
    given.forEach(row -> text.append(line(refund(row))));
    long in = taken.stream().mapToLong(trade -> trade.total).sum();
    long out = given.stream().mapToLong(RefundRow::amount).sum();
    long fees =
        taken.stream().mapToLong(trade -> fee(trade.total)).sum()
            - given.stream().mapToLong(row -> fee(row.amount())).sum();
    return text.append(TOTALS)
        .append("\r\n")
        .append(
            line(
                List.of(
                    Integer.toString(taken.size() + given.size()),
                    yuan(in),
                    yuan(out),
                    "0.00",
                    exact(fees),
                    yuan(in),
                    yuan(out))))
        .toString();
  }

  private static boolean isOn(LocalDate day, Instant at) {
    return at.atZone(ZONE).toLocalDate().equals(day);
  }

  private List<String> payment(Trade trade) {
    List<String> values = begin(trade, Objects.requireNonNull(trade.paidAt), "SUCCESS");
    values.addAll(List.of(yuan(trade.total), "0.00", "0", "0", "0.00", "0.00", "", ""));
    values.addAll(end(trade, fee(trade.total), "0.00"));
    return values;
  }

  private List<String> refund(RefundRow row) {
    List<String> values = begin(row.trade(), row.at(), "REFUND");
    values.addAll(
        List.of(
            "0.00",
            "0.00",
            row.refundId(),
            row.outRefundNo(),
            yuan(row.amount()),
            "0.00",
            "ORIGINAL",
            row.status()));
    values.addAll(end(row.trade(), -fee(row.amount()), yuan(row.amount())));
    return values;
  }

  private List<String> begin(Trade trade, Instant at, String state) {
    return new ArrayList<>(
        List.of(
            TIME.format(at.atZone(ZONE)),
            appId,
            mchId,
            "0",
            "",
            trade.transactionId,
            trade.outTradeNo,
            "oSandboxPayer",
            trade.type,
            state,
            "OTHERS",
            "CNY"));
  }

  private static List<String> end(Trade trade, long fee, String asked) {
    return List.of(trade.description, "", exact(fee), "0.60%", yuan(trade.total), asked, "");
  }

  private static String line(List<String> values) {
    return "`" + String.join(",`", values) + "\r\n";
  }

  private static long fee(long amount) {
    return (amount * RATE + 5_000) / 10_000;
  }

  private static String yuan(long fen) {
    return BigDecimal.valueOf(fen, 2).toPlainString();
  }

  /** Fees are written with five digits. */
  private static String exact(long fen) {
    return BigDecimal.valueOf(fen, 2).setScale(5).toPlainString();
  }
}
