package org.ampay.web.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.ledger.Books;
import org.ampay.ledger.Books.Period;
import org.ampay.ledger.ExportRow;
import org.ampay.ledger.Statement;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for statements of accounts, and for the ledger as a sheet. */
final class StatementsApi {

  private static final Pattern PLACE = Pattern.compile("(\\d{1,18})/(\\d{1,9})");
  private static final int ROWS_AT_A_TIME = 1_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String HEADER =
      "journal_id,journal_key,kind,posted_at,line,account,account_kind,currency,amount_minor\n";

  private final Books books;
  private final TimeSource time;

  StatementsApi(Books books, TimeSource time) {
    this.books = books;
    this.time = time;
  }

  record StatementLineOut(
      long journal,
      @Field("what it is about") String key,
      String kind,
      long ref,
      Instant postedAt,
      @Field("debit positive, credit negative") Money amount,
      @Field("after it: debits less credits") Money balance) {}

  record StatementOut(
      LedgerApi.AccountOut account,
      @Field("inclusive") Instant from,
      @Field("exclusive") Instant to,
      Money opening,
      List<StatementLineOut> lines,
      @Field("at the end of the time, whether or not all lines are here") Money closing,
      @Field("cursor of the lines that follow") @Nullable String next) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/ledger/accounts/{id}/statement",
                Permission.LEDGER_READ,
                "What happened to an account in a time")
            .query("from", "RFC 3339, inclusive; the beginning by default")
            .query("to", "RFC 3339, exclusive; now by default")
            .query("limit", "lines, 1 to 1000 (default 100)")
            .query("cursor", "next of the part before")
            .answers(200, StatementOut.class)
            .by(this::statement),
        ApiRoute.get(
                "/ledger/export", Permission.LEDGER_READ, "All postings of a time, as text/csv")
            .query("from", "RFC 3339, inclusive; the beginning by default")
            .query("to", "RFC 3339, exclusive; now by default")
            .answers(200, null)
            .by(this::export));
  }

  private Period period(ApiCall call) {
    Instant from = call.time("from").orElse(Instant.EPOCH);
    Instant to = call.time("to").orElse(time.now());
    if (to.isBefore(from)) {
      throw Problem.badField("to", "is before from").exception();
    }
    return new Period(from, to);
  }

  private Answer statement(ApiCall call) {
    int limit = call.limit();
    Statement statement =
        books
            .statement(
                call.scope().operatorId(), call.idParam("id"), period(call), place(call), limit + 1)
            .orElseThrow(() -> Problem.notFound("there is no such account").exception());
    boolean more = statement.lines().size() > limit;
    List<Statement.Line> lines = more ? statement.lines().subList(0, limit) : statement.lines();
    String currency = statement.account().account().currency();
    return Answer.json(
        200,
        new StatementOut(
            LedgerApi.AccountOut.of(statement.account()),
            statement.from(),
            statement.to(),
            new Money(currency, statement.openingMinor()),
            lines.stream().map(line -> line(line, currency)).toList(),
            new Money(currency, statement.closingMinor()),
            more ? cursor(lines.getLast()) : null));
  }

  private static StatementLineOut line(Statement.Line line, String currency) {
    return new StatementLineOut(
        line.journalId(),
        line.key(),
        line.kind(),
        line.ref(),
        line.postedAt(),
        new Money(currency, line.minor()),
        new Money(currency, line.balanceMinor()));
  }

  private static String cursor(Statement.Line last) {
    return cursor(new Statement.Place(last.journalId(), last.lineNo()));
  }

  static String cursor(Statement.Place last) {
    String text = "1:" + last.journalId() + "/" + last.lineNo();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  static Statement.Place place(ApiCall call) {
    String text = call.cursorText();
    if (text.isEmpty()) {
      return Statement.Place.START;
    }
    Matcher matcher = PLACE.matcher(text);
    if (!matcher.matches()) {
      throw Problem.badField("cursor", "is not one of ours").exception();
    }
    return new Statement.Place(
        Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Read page by page as fast as the reader takes it, so that it may be of any size. */
  private Answer export(ApiCall call) {
    return Answer.chunks(
            "text/csv; charset=utf-8", new Sheet(call.scope().operatorId(), period(call)))
        .with("content-disposition", "attachment; filename=\"ledger.csv\"");
  }

  private final class Sheet implements Answer.Chunks {

    private final @Nullable Long operatorId;
    private final Period period;
    private Statement.Place last = Statement.Place.START;
    private boolean begun;
    private boolean over;

    Sheet(@Nullable Long operatorId, Period period) {
      this.operatorId = operatorId;
      this.period = period;
    }

    @Override
    public @Nullable String next() {
      if (over) {
        return null;
      }
      List<ExportRow> rows = books.export(operatorId, period, last, ROWS_AT_A_TIME);
      over = rows.size() < ROWS_AT_A_TIME;
      StringBuilder text = new StringBuilder(begun ? "" : HEADER);
      begun = true;
      for (ExportRow row : rows) {
        last = new Statement.Place(row.journalId(), row.lineNo());
        text.append(row.journalId())
            .append(',')
            .append(row.key())
            .append(',')
            .append(row.kind())
            .append(',')
            .append(TIME.format(row.postedAt()))
            .append(',')
            .append(row.lineNo())
            .append(",\"")
            .append(row.account())
            .append("\",")
            .append(row.accountKind().code())
            .append(',')
            .append(row.currency())
            .append(',')
            .append(row.minor())
            .append('\n');
      }
      return text.toString();
    }
  }
}
