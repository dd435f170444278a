package org.ampay.app.sandbox.alipay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A day's trades as Alipay gives them: a zip of GBK lists. */
final class AlipayBill {

  private static final Charset GBK = Charset.forName("GBK");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private AlipayBill() {}

  static String text(Instant instant) {
    return FORM.format(instant.atZone(ZONE));
  }

  static Instant time(String text) {
    return LocalDateTime.parse(text, FORM).atZone(ZONE).toInstant();
  }

  /** The zip of a day, {@code 2026-03-09}. */
  static byte[] zip(AlipayState state, String sellerId, String day) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, GBK)) {
      String name = sellerId + "_" + day.replace("-", "") + "_业务明细";
      zip.putNextEntry(new ZipEntry(name + "(汇总).csv"));
      zip.write("#支付宝业务汇总查询\r\n".getBytes(GBK));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry(name + ".csv"));
      zip.write(csv(state, day).getBytes(GBK));
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String csv(AlipayState state, String day) {
    StringBuilder text =
        new StringBuilder("#支付宝业务明细查询\r\n#----业务明细列表----\r\n")
            .append("支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,订单金额（元）,")
            .append("商家实收（元）,退款批次号/请求号,服务费（元）,备注\r\n");
    long[] totals = new long[4];
    for (Trade trade : state.trades.values()) {
      if (text(trade.paidAt).startsWith(day)) {
        line(text, trade, "交易", trade.paidAt, trade.fen, "");
        totals[0]++;
        totals[1] += trade.fen;
      }
      trade.refunds.forEach(
          (no, refund) -> {
            if (text(refund.at()).startsWith(day)) {
              line(text, trade, "退款", refund.at(), -refund.fen(), no);
              totals[2]++;
              totals[3] -= refund.fen();
            }
          });
    }
    return text.append("#----业务明细列表结束----\r\n#交易合计：")
        .append(totals[0])
        .append("笔，商家实收共")
        .append(AlipayGateway.yuan(totals[1]))
        .append("元，商家优惠共0.00元\r\n#退款合计：")
        .append(totals[2])
        .append("笔，商家实收退款共")
        .append(AlipayGateway.yuan(totals[3]))
        .append("元，商家优惠退款共0.00元\r\n")
        .toString();
  }

  private static void line(
      StringBuilder text, Trade trade, String kind, Instant at, long fen, String request) {
    String cells =
        String.join(
            "\t,",
            trade.tradeNo,
            trade.outTradeNo,
            kind,
            trade.subject,
            text(at),
            text(at),
            AlipayGateway.yuan(fen),
            AlipayGateway.yuan(fen),
            request,
            "0.00",
            "");
    text.append(cells).append("\t\r\n");
  }
}
