package org.ampay.ocpi.roaming;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.ledger.Account;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.Books;
import org.ampay.ledger.Books.Period;
import org.ampay.ledger.LedgerStore;
import org.ampay.ledger.Statement;
import org.ampay.ledger.Statement.Place;
import org.ampay.payment.method.PartnerPayer;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;

/** Statements of partners' accounts: the ledger's postings, in the words of roaming. */
public final class PartnerStatements {

  private static final int MAX_LINES = 1_000;

  private final Transactor transactor;
  private final LedgerStore ledger;
  private final Books books;

  public PartnerStatements(Transactor transactor, LedgerStore ledger, Books books) {
    this.transactor = transactor;
    this.ledger = ledger;
    this.books = books;
  }

  /** What a partner owes now; zero when nothing was posted yet. */
  public Money owed(PartnerPayer partner, String currency) {
    Account account = Account.roaming(partner.operatorId(), partner.partnerId(), currency);
    return transactor.call(
        tx ->
            ledger.read(tx, List.of(account)).stream()
                .map(row -> new Money(currency, row.balanceMinor()))
                .findFirst()
                .orElse(Money.zero(currency)));
  }

  /**
   * A partner's statement.
   *
   * @param after where a part before has ended
   * @param limit of lines, at most 1,000
   */
  public PartnerStatement of(
      PartnerPayer partner, String currency, Period period, Place after, int limit) {
    Optional<Long> account = account(partner, currency);
    int count = Math.clamp(limit, 1, MAX_LINES);
    Optional<Statement> read =
        account.flatMap(id -> books.statement(partner.operatorId(), id, period, after, count + 1));
    Money nothing = Money.zero(currency);
    return read.map(statement -> shown(partner, statement, count))
        .orElseGet(
            () ->
                new PartnerStatement(
                    partner.partnerId(),
                    partner.name(),
                    period.from(),
                    period.to(),
                    nothing,
                    List.of(),
                    nothing,
                    null));
  }

  private Optional<Long> account(PartnerPayer partner, String currency) {
    Account account = Account.roaming(partner.operatorId(), partner.partnerId(), currency);
    return transactor.call(
        tx -> ledger.read(tx, List.of(account)).stream().map(AccountRow::id).findFirst());
  }

  private PartnerStatement shown(PartnerPayer partner, Statement statement, int count) {
    boolean more = statement.lines().size() > count;
    List<Statement.Line> kept = more ? statement.lines().subList(0, count) : statement.lines();
    Set<Long> operations = new HashSet<>();
    for (Statement.Line line : kept) {
      if (line.kind().equals("charge") || line.kind().equals("refund")) {
        operations.add(line.ref());
      }
    }
    Map<Long, StatementStore.About> abouts =
        transactor.call(tx -> StatementStore.abouts(tx, operations));
    String currency = statement.account().account().currency();
    List<PartnerStatement.Line> lines = new ArrayList<>(kept.size());
    kept.forEach(line -> lines.add(line(line, abouts.get(line.ref()), currency)));
    Statement.Line last = more ? kept.getLast() : null;
    return new PartnerStatement(
        partner.partnerId(),
        partner.name(),
        statement.from(),
        statement.to(),
        new Money(currency, statement.openingMinor()),
        lines,
        new Money(currency, statement.closingMinor()),
        last == null ? null : new Place(last.journalId(), last.lineNo()));
  }

  private static PartnerStatement.Line line(
      Statement.Line line, StatementStore.@Nullable About about, String currency) {
    boolean paid = line.kind().startsWith("partner_");
    String what =
        switch (line.kind()) {
          case "charge" -> "session";
          case "refund" -> "credit";
          case PartnerPayments.PAYMENT -> "payment";
          case PartnerPayments.REVERSAL -> "reversal";
          default -> "other";
        };
    return new PartnerStatement.Line(
        line.postedAt(),
        what,
        paid || about == null ? null : about.sessionId(),
        paid || about == null ? null : about.billId(),
        paid ? line.ref() : null,
        new Money(currency, line.minor()),
        new Money(currency, line.balanceMinor()));
  }
}
