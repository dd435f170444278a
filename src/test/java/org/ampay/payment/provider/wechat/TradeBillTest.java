package org.ampay.payment.provider.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trade bill in the form that WeChat documents: yuan to fen, exactly, or an error. */
class TradeBillTest {

  private static final String HEADER =
      "\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
          + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
          + "手续费,费率,订单金额,申请退款金额,费率备注\r\n";
  private static final String PAID =
      "`2026-03-09"
          + " 16:33:45,`wx1,`190,`0,`,`4200001,`ampay0001,`o1,`NATIVE,`SUCCESS,`OTHERS,`CNY,`1234.50,`0.00,`0,`0,`0.00,`0.00,`,`,`充电,"
          + " DC `快充,`,`7.41000,`0.60%,`1234.50,`0.00,`\r\n";
  private static final String REFUNDED =
      "`2026-03-09 23:59:59,`wx1,`190,`0,`,`4200001,`ampay0001,`o1,`NATIVE,`REFUND,`OTHERS,`CNY,"
          + "`0.00,`0.00,`5030001,`ampayr001,`0.01,`0.00,`ORIGINAL,`SUCCESS,`充电,`,`-0.00000,`0.60%,"
          + "`1234.50,`0.01,`\r\n";
  private static final String TOTALS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n";

  private static List<StatementLine> read(String text) throws IOException, StatementException {
    List<StatementLine> lines = new ArrayList<>();
    TradeBill.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lines::add);
    return lines;
  }

  private static String totals(int rows) {
    return TOTALS + "`" + rows + ",`1234.50,`0.01,`0.00,`7.41000,`1234.50,`0.01\r\n";
  }

  @Test
  void paymentsAndRefunds_areReadToTheFen() throws Exception {
    List<StatementLine> lines = read(HEADER + PAID + REFUNDED + totals(2));
    assertThat(lines)
        .extracting(
            StatementLine::kind,
            StatementLine::reference,
            StatementLine::providerRef,
            line -> line.gross().minor(),
            line -> line.fee().minor(),
            StatementLine::at)
        .containsExactly(
            tuple(
                StatementLine.Kind.PAYMENT,
                "ampay0001",
                "4200001",
                123_450L,
                741L,
                Instant.parse("2026-03-09T08:33:45Z")),
            tuple(
                StatementLine.Kind.REFUND,
                "ampayr001",
                "5030001",
                -1L,
                0L,
                Instant.parse("2026-03-09T15:59:59Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234.505", "12e400", "", "NaN", "1,234.50", "99999999999999999999"})
  void amountsThatAreNoFen_areAnError(String amount) {
    String bad = PAID.replace("`1234.50,`0.00,`0,`0", "`" + amount + ",`0.00,`0,`0");
    assertThatThrownBy(() -> read(HEADER + bad + totals(1)))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void anotherCurrency_isAnError() {
    assertThatThrownBy(() -> read(HEADER + PAID.replace("`CNY", "`USD") + totals(1)))
        .isInstanceOf(StatementException.class);
  }

  @Test
  void missingLines_areNoticed() {
    assertThatThrownBy(() -> read(HEADER + PAID + totals(2)))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("count");
  }

  @Test
  void cutShort_isNoticed() {
    assertThatThrownBy(() -> read(HEADER + PAID))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("broke off");
  }

  @Test
  void newColumns_doNotMatter() throws Exception {
    String header = HEADER.replace("交易时间,", "新列,交易时间,");
    assertThat(read(header + "`x," + PAID + totals(1)).getFirst().gross().minor())
        .isEqualTo(123_450);
  }
}
