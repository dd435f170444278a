package org.ampay.payment.provider.alipay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.base.Money;
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;

/**
 * Alipay's list of a day's trades, GBK: comment lines ({@code #}), a heading, a line a movement
 * with tabs around its cells, an end mark, and totals. Nothing is told before the totals agree.
 */
final class TradeBill {

  private static final Charset GBK = Charset.forName("GBK");
  private static final int MOST_LINES = 2_000_000;
  private static final int LONGEST_RAW = 2_000;
  private static final String END = "业务明细列表结束";
  private static final Pattern TOTAL =
      Pattern.compile("#(交易|退款)合计：([0-9]+)笔，商家实收(?:退款)?共(-?[0-9.]+)元.*");

  private final Map<String, Integer> columns = new HashMap<>();
  private final List<StatementLine> found = new ArrayList<>();
  private boolean ended;
  private int totals;

  private TradeBill() {}

  static void read(InputStream csv, Consumer<StatementLine> lines)
      throws IOException, StatementException {
    TradeBill bill = new TradeBill();
    try {
      BufferedReader reader = new BufferedReader(new InputStreamReader(csv, GBK.newDecoder()));
      int read = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (++read > MOST_LINES) {
          throw new StatementException("a bill of more than " + MOST_LINES + " lines");
        }
        bill.line(line.strip());
      }
    } catch (CharacterCodingException e) {
      throw new StatementException("the bill is not GBK", e);
    } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
      throw new StatementException("the bill has a cell of another form", e);
    }
    if (!bill.ended || bill.totals < 2) {
      throw new StatementException("the bill is cut off");
    }
    bill.found.forEach(lines);
  }

  private void line(String line) throws StatementException {
    if (line.startsWith("#")) {
      ended |= line.contains(END);
      total(line);
    } else if (columns.isEmpty() && !line.isEmpty()) {
      heading(line);
    } else if (!line.isEmpty()) {
      found.add(movement(line));
    }
  }

  private void heading(String line) {
    String[] names = line.split(",", -1);
    for (int i = 0; i < names.length; i++) {
      columns.put(names[i].strip(), i);
    }
  }

  private StatementLine movement(String line) throws StatementException {
    String[] cells = line.split(",", -1);
    if (cells.length != columns.size() || ended) {
      throw new StatementException("the bill has a line of another form");
    }
    String kind = cell(cells, "业务类型");
    boolean refund = kind.equals("退款");
    return new StatementLine(
        refund
            ? StatementLine.Kind.REFUND
            : kind.equals("交易") ? StatementLine.Kind.PAYMENT : StatementLine.Kind.OTHER,
        cell(cells, refund ? "退款批次号/请求号" : "商户订单号"),
        cell(cells, "支付宝交易号"),
        Yuan.parse(cell(cells, "商家实收（元）")),
        Yuan.parse(cell(cells, "服务费（元）")).negate(),
        Shanghai.parse(cell(cells, "完成时间")),
        line.length() > LONGEST_RAW ? line.substring(0, LONGEST_RAW) : line);
  }

  private String cell(String[] cells, String column) throws StatementException {
    Integer at = columns.get(column);
    if (at == null) {
      throw new StatementException("the bill has no column " + column);
    }
    return cells[at].strip();
  }

  private void total(String line) throws StatementException {
    Matcher total = TOTAL.matcher(line);
    if (!total.matches()) {
      return;
    }
    StatementLine.Kind kind =
        total.group(1).equals("退款") ? StatementLine.Kind.REFUND : StatementLine.Kind.PAYMENT;
    List<StatementLine> of = found.stream().filter(one -> one.kind() == kind).toList();
    Money sum =
        of.stream().map(StatementLine::gross).reduce(Money.zero(Yuan.CURRENCY), Money::plus);
    long said = Math.abs(Yuan.parse(total.group(3)).minor());
    if (of.size() != Integer.parseInt(total.group(2)) || Math.abs(sum.minor()) != said) {
      throw new StatementException("the bill's lines are not what its totals say");
    }
    totals++;
  }
}
