package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ampay.base.Money;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.Books;
import org.ampay.ledger.JournalRow;
import org.ampay.ledger.LedgerStore;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.store.Transactor;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.people.Permission;

/** Calls for the ledger: read only, since nothing is ever changed there. */
final class LedgerApi {

  private final Transactor transactor;
  private final LedgerStore ledger;
  private final Books books;

  LedgerApi(Transactor transactor, LedgerStore ledger, Books books) {
    this.transactor = transactor;
    this.ledger = ledger;
    this.books = books;
  }

  record AccountOut(
      long id,
      long operator,
      @Field("for example wallet:17:real") String code,
      @Field("asset, liability, income, expense") String kind,
      @Field("debits less credits") Money balance) {

    static AccountOut of(AccountRow row) {
      return new AccountOut(
          row.id(),
          row.account().operatorId(),
          row.account().code(),
          row.account().kind().name().toLowerCase(Locale.ROOT),
          new Money(row.account().currency(), row.balanceMinor()));
    }
  }

  record PostingOut(
      long account, String code, @Field("debit positive, credit negative") Money amount) {}

  record JournalOut(
      long id,
      long operator,
      @Field("what it is about") String key,
      String kind,
      long ref,
      Instant postedAt,
      List<PostingOut> postings) {

    static JournalOut of(JournalRow row) {
      return new JournalOut(
          row.id(),
          row.operatorId(),
          row.key(),
          row.kind(),
          row.ref(),
          row.postedAt(),
          row.lines().stream()
              .map(
                  line ->
                      new PostingOut(
                          line.accountId(),
                          line.accountCode(),
                          new Money(line.currency(), line.minor())))
              .toList());
    }
  }

  record TrialBalanceLineOut(
      String kind,
      @Field("account code before the first colon") String accountClass,
      long accounts,
      Money debit,
      Money credit) {

    static TrialBalanceLineOut of(TrialBalanceRow row) {
      return new TrialBalanceLineOut(
          row.kind().name().toLowerCase(Locale.ROOT),
          row.accountClass(),
          row.accounts(),
          new Money(row.currency(), row.debitMinor()),
          new Money(row.currency(), row.creditMinor()));
    }
  }

  record TrialBalanceOut(
      List<TrialBalanceLineOut> lines, @Field("debits equal credits") boolean balanced) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/ledger/accounts", Permission.LEDGER_READ, "Lists accounts")
            .query("prefix", "start of the account's code")
            .lists(AccountOut.class)
            .by(this::accounts),
        ApiRoute.get("/ledger/journals", Permission.LEDGER_READ, "Lists journals, oldest first")
            .lists(JournalOut.class)
            .by(this::journals),
        ApiRoute.get("/ledger/trial-balance", Permission.LEDGER_READ, "The trial balance")
            .query("at", "RFC 3339: what was posted before; now by default")
            .answers(200, TrialBalanceOut.class)
            .by(this::trialBalance));
  }

  private Answer accounts(ApiCall call) {
    Long operator = call.scope().operatorId();
    String prefix = call.query("prefix").orElse("");
    List<AccountRow> rows =
        transactor.call(tx -> ledger.accounts(tx, operator, prefix, page(call)));
    return Answer.json(200, call.page(rows, AccountOut::of, AccountRow::id));
  }

  private Answer journals(ApiCall call) {
    Long operator = call.scope().operatorId();
    List<JournalRow> rows = transactor.call(tx -> ledger.journals(tx, operator, page(call)));
    return Answer.json(200, call.page(rows, JournalOut::of, JournalRow::id));
  }

  private static LedgerStore.Page page(ApiCall call) {
    return new LedgerStore.Page(call.cursorId(0), call.limit() + 1);
  }

  private Answer trialBalance(ApiCall call) {
    Long operator = call.scope().operatorId();
    List<TrialBalanceRow> rows =
        call.time("at")
            .map(at -> books.trialBalance(operator, at))
            .orElseGet(() -> books.trialBalance(operator));
    boolean balanced =
        rows.stream().map(TrialBalanceRow::currency).distinct().allMatch(c -> sum(rows, c) == 0);
    return Answer.json(
        200, new TrialBalanceOut(rows.stream().map(TrialBalanceLineOut::of).toList(), balanced));
  }

  private static long sum(List<TrialBalanceRow> rows, String currency) {
    return rows.stream()
        .filter(row -> row.currency().equals(currency))
        .mapToLong(TrialBalanceRow::balanceMinor)
        .reduce(0, Math::addExact);
  }
}
