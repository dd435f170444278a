package org.ampay.payment.provider.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ampay.base.Money;
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alipay's daily list. */
class TradeBillTest {

  private static final Charset GBK = Charset.forName("GBK");
  private static final String HEAD =
      "#支付宝业务明细查询\r\n#账号：[20881234567890120156]\r\n#---业务明细列表---\r\n"
          + "支付宝交易号,商户订单号,业务类型,商品名称,完成时间,订单金额（元）,商家实收（元）,"
          + "退款批次号/请求号,服务费（元）,备注\r\n";
  private static final String PAID =
      "2026030922001\t,abcd000001\t,交易\t,充电 桩\t,2026-03-09 10:00:00\t,29.99\t,29.99\t,\t,"
          + "-0.18\t,\t\r\n";
  private static final String BACK =
      "2026030922001\t,abcd000001\t,退款\t,充电 桩\t,2026-03-09 11:00:00\t,-5.00\t,-5.00\t,"
          + "abcd000002\t,0.03\t,\t\r\n";
  private static final String END = "#---业务明细列表结束---\r\n";
  private static final String FOOT =
      "#交易合计：1笔，商家实收共29.99元，商家优惠共0.00元\r\n" + "#退款合计：1笔，商家实收退款共-5.00元，商家优惠退款共0.00元\r\n";

  @Test
  void lines_haveAmountsFeesAndReferences() throws Exception {
    List<StatementLine> lines = read(HEAD + PAID + BACK + END + FOOT);
    assertThat(lines).hasSize(2);
    StatementLine paid = lines.getFirst();
    assertThat(paid.kind()).isEqualTo(StatementLine.Kind.PAYMENT);
    assertThat(paid.reference()).isEqualTo("abcd000001");
    assertThat(paid.providerRef()).isEqualTo("2026030922001");
    assertThat(paid.gross()).isEqualTo(new Money("CNY", 2_999));
    assertThat(paid.fee()).isEqualTo(new Money("CNY", 18));
    assertThat(paid.at()).isEqualTo(Instant.parse("2026-03-09T02:00:00Z"));
    assertThat(paid.raw()).contains("充电 桩");
    StatementLine back = lines.getLast();
    assertThat(back.kind()).isEqualTo(StatementLine.Kind.REFUND);
    assertThat(back.reference()).isEqualTo("abcd000002");
    assertThat(back.gross()).isEqualTo(new Money("CNY", -500));
    assertThat(back.fee()).isEqualTo(new Money("CNY", -3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEAD + PAID,
        HEAD + PAID + BACK + END,
        HEAD + PAID + END + FOOT,
        HEAD + PAID + PAID + BACK + END + FOOT,
        HEAD + BACK + END + FOOT,
        HEAD + "1,2,3\r\n" + END + FOOT,
        "",
        "<html>"
      })
  void cutOffOrOfOtherTotals_tellsNothing(String text) {
    List<StatementLine> lines = new ArrayList<>();
    assertThatThrownBy(
            () -> TradeBill.read(new ByteArrayInputStream(text.getBytes(GBK)), lines::add))
        .isInstanceOf(StatementException.class);
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"29.999", "x", "", "1e3"})
  void amountsThatAreNotExact_tellNothing(String amount) {
    String text = HEAD + PAID.replace("29.99\t,\t,", amount + "\t,\t,") + BACK + END + FOOT;
    assertThatThrownBy(() -> read(text)).isInstanceOf(StatementException.class);
  }

  @Test
  void otherCharset_tellsNothing() {
    byte[] utf8 = (HEAD + PAID + BACK + END + FOOT).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> TradeBill.read(new ByteArrayInputStream(utf8), line -> {}))
        .isInstanceOf(StatementException.class);
  }

  @Test
  void zip_hasTheListBesideItsSummary() throws Exception {
    byte[] zip = zip("2088_20260309_业务明细(汇总).csv", "#x", "2088_20260309_业务明细.csv", whole());
    List<StatementLine> lines = new ArrayList<>();
    BillDesk.unzip(new ByteArrayInputStream(zip), lines::add);
    assertThat(lines).hasSize(2);
    byte[] without = zip("2088_20260309_业务明细(汇总).csv", whole());
    assertThatThrownBy(() -> BillDesk.unzip(new ByteArrayInputStream(without), lines::add))
        .isInstanceOf(StatementException.class);
  }

  private static String whole() {
    return HEAD + PAID + BACK + END + FOOT;
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, GBK)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(GBK));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static List<StatementLine> read(String text) throws IOException, StatementException {
    List<StatementLine> lines = new ArrayList<>();
    TradeBill.read(new ByteArrayInputStream(text.getBytes(GBK)), lines::add);
    return lines;
  }
}
