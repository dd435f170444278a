package org.ampay.app.command;

import java.io.PrintWriter;
import org.ampay.ledger.Rebuild;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.store.Database;
import org.ampay.store.embedded.EmbeddedSettings.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ampay ledger}. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the balance of each account with its postings; rebuild sets what differs.",
      "One line each that differs; check exits 1 when there is one."
    })
final class LedgerCommand implements Runnable {

  /** What to do about balances that are wrong. */
  enum What {
    check,
    rebuild
  }

  @Parameters(description = "${COMPLETION-CANDIDATES}")
  private What what = What.check;

  @Mixin private SettingsOptions options = new SettingsOptions();
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  LedgerCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    int[] wrong = {0};
    try (Database database = Database.open(options.settings().database(Role.COMMAND))) {
      long compared =
          new Rebuild(database.transactor(), new SqlLedgerStore())
              .run(
                  what == What.rebuild,
                  found -> {
                    wrong[0]++;
                    out.println(line(found));
                  });
      out.println("accounts=" + compared + " wrong=" + wrong[0]);
      out.flush();
    }
    if (wrong[0] > 0 && what == What.check) {
      throw new CommandFailure("balances differ from their postings, see above");
    }
  }

  private static String line(Rebuild.Wrong wrong) {
    return "account "
        + wrong.account().id()
        + " "
        + wrong.account().account().code()
        + " "
        + wrong.account().account().currency()
        + " had "
        + wrong.account().balanceMinor()
        + ", posted "
        + wrong.postedMinor();
  }
}
