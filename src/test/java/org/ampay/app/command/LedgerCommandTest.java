package org.ampay.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.store.Database;
import org.ampay.store.DatabaseSettings;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.Test;

/** A balance that was tampered with is told, and set right only when that is asked for. */
class LedgerCommandTest {

  private final DatabaseSettings settings = TestDatabase.newSchema("ledger");
  private final StringWriter out = new StringWriter();

  private int ledger(String what) {
    out.getBuffer().setLength(0);
    DatabaseSettings.Outside at = (DatabaseSettings.Outside) settings.target();
    Map<String, String> environment =
        Map.of(
            "AMPAY_DB_URL", at.url(),
            "AMPAY_DB_USER", Objects.requireNonNullElse(at.user(), ""),
            "AMPAY_DB_PASSWORD", Objects.requireNonNullElse(at.password(), ""));
    PrintWriter writer = new PrintWriter(out, true);
    return AmpayCommand.run(new String[] {"ledger", what}, environment, writer, writer);
  }

  @Test
  void check_tellsAndFails_rebuild_setsRight() {
    try (Database database = Database.open(settings)) {
      Journals journals = new Journals(new SqlLedgerStore(), new CountingIds(1), TestTime.monday());
      Account wallet = Account.walletReal(1, 7, "CNY");
      List<Posting> postings =
          List.of(Posting.debit(Account.bank(1, "CNY"), 5_500), Posting.credit(wallet, 5_500));
      database
          .transactor()
          .run(tx -> journals.post(tx, List.of(new JournalEntry("t:1", "top_up", 1, 1, postings))));
      assertThat(ledger("check")).as(out.toString()).isZero();
      assertThat(out.toString()).contains("accounts=2 wrong=0");
      database.dsl().execute("UPDATE account SET balance_minor = -7 WHERE balance_minor = -5500");
      assertThat(ledger("check")).isEqualTo(1);
      assertThat(out.toString()).contains("had -7, posted -5500", "accounts=2 wrong=1");
      assertThat(ledger("check")).as("a check changes nothing").isEqualTo(1);
      assertThat(ledger("rebuild")).isZero();
      assertThat(out.toString()).contains("had -7, posted -5500");
      assertThat(ledger("check")).isZero();
    }
  }
}
