package org.ampay.payment.provider.wechat;

import com.wechat.pay.java.service.billdownload.BillDownloadServiceExtension;
import com.wechat.pay.java.service.billdownload.DigestBillEntity;
import com.wechat.pay.java.service.billdownload.model.BillType;
import com.wechat.pay.java.service.billdownload.model.GetTradeBillRequest;
import com.wechat.pay.java.service.billdownload.model.TarType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.base.Money;
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;

/**
 * The trade bill of a day: a header, a line a payment or refund with each value behind a backtick,
 * and two lines of totals. Amounts are decimal yuan; days and times are Beijing's. Lines are handed
 * on while they are read: an exception at the end (digest, count) takes them all back.
 */
final class TradeBill {

  /** WeChat has no bill of the day, or not yet. */
  private static final Set<String> NONE = Set.of("NO_STATEMENT_EXIST", "STATEMENT_CREATING");

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int LONGEST_RAW = 2_000;
  private static final String TOTALS = "总交易单数";

  private final WechatClient client;
  private final BillDownloadServiceExtension bills;

  TradeBill(WechatClient client) {
    this.client = client;
    this.bills =
        new BillDownloadServiceExtension.Builder()
            .httpClient(client.http)
            .decryptor(client.config.createDecryptor())
            .build();
  }

  boolean read(LocalDate day, Consumer<StatementLine> lines) throws StatementException {
    GetTradeBillRequest request = new GetTradeBillRequest();
    request.setBillDate(day.toString());
    request.setBillType(BillType.ALL);
    request.setTarType(TarType.GZIP);
    return switch (client.call(() -> bills.getTradeBill(request))) {
      case Reply.Answered<DigestBillEntity>(DigestBillEntity bill) -> {
        read(bill, lines);
        yield true;
      }
      case Reply.Refused<DigestBillEntity> refused -> {
        if (NONE.contains(refused.code())) {
          yield false;
        }
        throw new StatementException("WeChat gives no bill: " + refused.reason());
      }
      case Reply.NotSent<DigestBillEntity>(String reason) -> throw new StatementException(reason);
      case Reply.Unclear<DigestBillEntity>(String reason) -> throw new StatementException(reason);
    };
  }

  private static void read(DigestBillEntity bill, Consumer<StatementLine> lines)
      throws StatementException {
    try (InputStream in = bill.getInputStream()) {
      parse(in, lines);
      if (!bill.verifyHash()) {
        throw new StatementException("the bill's digest is wrong");
      }
    } catch (IOException e) {
      throw new StatementException("the bill broke off", e);
    }
  }

  /** Reads to the end: the digest is of all of it. */
  static void parse(InputStream in, Consumer<StatementLine> lines)
      throws IOException, StatementException {
    BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String header = text.readLine();
    Map<String, Integer> columns = columns(header == null ? "" : header);
    long rows = 0;
    for (String line = text.readLine(); line != null; line = text.readLine()) {
      if (line.startsWith(TOTALS)) {
        String totals = text.readLine();
        checkCount(totals == null ? "" : totals, rows);
        while (text.readLine() != null) {
          // Only to the end.
        }
        return;
      }
      if (!line.isBlank()) {
        rows++;
        lines.accept(row(line, columns, rows));
      }
    }
    throw new StatementException("the bill has no totals: it broke off");
  }

  private static Map<String, Integer> columns(String header) {
    Map<String, Integer> columns = new HashMap<>();
    List<String> names = List.of(header.replace("\uFEFF", "").strip().split(",", -1));
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i).strip(), i);
    }
    return columns;
  }

  private static void checkCount(String totals, long rows) throws StatementException {
    if (!values(totals).getFirst().equals(Long.toString(rows))) {
      throw new StatementException("the bill has another count of lines than it tells");
    }
  }

  private static List<String> values(String line) {
    String values = line.strip();
    return List.of((values.startsWith("`") ? values.substring(1) : values).split(",`", -1));
  }

  /** A line by the names of its columns. */
  private record Row(List<String> values, Map<String, Integer> columns) {
    String get(String column) {
      Integer at = columns.get(column);
      if (at == null || at >= values.size()) {
        throw new IllegalArgumentException("no " + column);
      }
      return values.get(at).strip();
    }
  }

  private static StatementLine row(String line, Map<String, Integer> columns, long number)
      throws StatementException {
    try {
      Row row = new Row(values(line), columns);
      if (!row.get("货币种类").equals(Fen.CURRENCY)) {
        throw new IllegalArgumentException("another currency");
      }
      return line(row, line.length() <= LONGEST_RAW ? line : line.substring(0, LONGEST_RAW));
    } catch (RuntimeException e) {
      // Of whatever kind: a number, an amount with parts of a fen, a time, a column that is gone.
      throw new StatementException("line " + number + " of the bill cannot be read", e);
    }
  }

  private static StatementLine line(Row row, String raw) {
    Instant at = LocalDateTime.parse(row.get("交易时间"), TIME).atZone(Trades.ZONE).toInstant();
    Money fee = Fen.ofYuan(row.get("手续费"));
    return switch (row.get("交易状态")) {
      case "SUCCESS" ->
          new StatementLine(
              StatementLine.Kind.PAYMENT,
              row.get("商户订单号"),
              row.get("微信订单号"),
              Fen.ofYuan(row.get("应结订单金额")),
              fee,
              at,
              raw);
      case "REFUND", "REVOKED" ->
          new StatementLine(
              StatementLine.Kind.REFUND,
              row.get("商户退款单号"),
              row.get("微信退款单号"),
              Fen.ofYuan(row.get("退款金额")).negate(),
              fee,
              at,
              raw);
      default ->
          new StatementLine(
              StatementLine.Kind.OTHER,
              row.get("商户订单号"),
              row.get("微信订单号"),
              Money.zero(Fen.CURRENCY),
              fee,
              at,
              raw);
    };
  }
}
