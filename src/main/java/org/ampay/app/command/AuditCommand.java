package org.ampay.app.command;

import java.io.PrintWriter;
import org.ampay.app.Foundation;
import org.ampay.app.check.AuditChecks;
import org.ampay.audit.AuditLog;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.catalog.SqlTariffSnapshotStore;
import org.ampay.charging.SqlSessionStore;
import org.ampay.store.JobSignal;
import org.ampay.store.SqlJobStore;
import org.ampay.store.Transactor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ampay audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description =
        "Checks every invariant of money and sessions, one line each; exits 1 when one is broken.")
final class AuditCommand implements Runnable {

  @Mixin private SettingsOptions options = new SettingsOptions();
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  AuditCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Foundation on = options.open()) {
      if (!checks(on).run(result -> out.println(result.line()))) {
        throw new CommandFailure("an invariant is broken, see above");
      }
    }
  }

  private static AuditChecks checks(Foundation on) {
    Transactor transactor = on.database().transactor();
    SqlJobStore jobs = new SqlJobStore(on.idSource("jobs"), on.time(), new JobSignal());
    return new AuditChecks(
        transactor,
        new SqlBillStore(),
        BillableSessions.of(new SqlSessionStore(jobs)),
        new SqlTariffSnapshotStore(transactor, on.ids(), on.time()),
        new AuditLog(on.database(), on.time()),
        on.time());
  }
}
