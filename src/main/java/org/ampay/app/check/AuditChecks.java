package org.ampay.app.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ampay.audit.AuditLog;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.BillStore;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.Repricing;
import org.ampay.charging.BillableSession;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.TariffSnapshots;

/**
 * Checks every invariant, all of them in one picture of the database: it may be in full work
 * meanwhile. Memory does not grow with the number of rows.
 */
public final class AuditChecks {

  private static final int BILLS_AT_A_TIME = 500;

  private final Transactor transactor;
  private final BillStore bills;
  private final BillableSessions sessions;
  private final TariffSnapshots snapshots;
  private final AuditLog log;
  private final TimeSource time;
  private final CheckStore store = new CheckStore();

  public AuditChecks(
      Transactor transactor,
      BillStore bills,
      BillableSessions sessions,
      TariffSnapshots snapshots,
      AuditLog log,
      TimeSource time) {
    this.transactor = transactor;
    this.bills = bills;
    this.sessions = sessions;
    this.snapshots = snapshots;
    this.log = log;
    this.time = time;
  }

  /**
   * Runs all checks.
   *
   * @param each gets each result as soon as it is known
   * @return whether nothing is broken
   */
  public boolean run(Consumer<CheckResult> each) {
    boolean ok = transactor.call(tx -> run(tx, each));
    CheckResult chain = chain();
    each.accept(chain);
    return ok & chain.ok();
  }

  /** What people and keys did is as it was written down. */
  private CheckResult chain() {
    return switch (log.verify()) {
      case AuditLog.Verification.Intact intact ->
          new CheckResult("audit_log_unbroken", intact.entries(), "");
      case AuditLog.Verification.Broken broken ->
          new CheckResult(
              "audit_log_unbroken",
              broken.id(),
              "audit entry " + broken.id() + ": " + broken.reason());
    };
  }

  private boolean run(Tx tx, Consumer<CheckResult> each) {
    store.freeze(tx);
    boolean ok = true;
    List<SqlCheck> checks = new ArrayList<>(LedgerChecks.ALL);
    checks.addAll(SettlementChecks.ALL);
    checks.addAll(ReversalChecks.ALL);
    checks.addAll(ShareChecks.ALL);
    checks.addAll(OrderChecks.ALL);
    checks.addAll(RecordChecks.ALL);
    checks.addAll(PromotionChecks.ALL);
    checks.addAll(RoamingChecks.ALL);
    for (SqlCheck check : checks) {
      CheckResult result = store.run(tx, check, time.now());
      each.accept(result);
      ok &= result.ok();
    }
    CheckResult repriced = reprice(tx);
    each.accept(repriced);
    return ok & repriced.ok();
  }

  /** Prices each bill anew; one whose session went to review afterwards is passed over. */
  private CheckResult reprice(Tx tx) {
    long checked = 0;
    String first = "";
    List<Bill> page = bills.list(tx, null, Long.MAX_VALUE, BILLS_AT_A_TIME);
    while (!page.isEmpty()) {
      Map<Long, List<Bill.Line>> lines = bills.lines(tx, page.stream().map(Bill::id).toList());
      Map<Long, BillableSession> billed = sessions(tx, page);
      for (Bill bill : page) {
        BillableSession session = billed.get(bill.session().id());
        if (session != null && bill.kind() == Bill.Kind.CHARGE) {
          checked++;
          List<Bill.Line> own = lines.getOrDefault(bill.id(), Collections.emptyList());
          String difference = difference(bill.withLines(own), session);
          first = first.isEmpty() ? difference : first;
        }
      }
      page = bills.list(tx, null, page.getLast().id(), BILLS_AT_A_TIME);
    }
    return new CheckResult("bills_reprice_equal", checked, first);
  }

  private Map<Long, BillableSession> sessions(Tx tx, List<Bill> page) {
    List<Long> ids = page.stream().map(bill -> bill.session().id()).toList();
    return sessions.load(tx, ids).stream()
        .collect(Collectors.toMap(BillableSession::id, session -> session));
  }

  private String difference(Bill bill, BillableSession session) {
    return Repricing.difference(bill, session, snapshots.byId(bill.snapshotId()))
        .map(what -> "bill " + bill.id() + " of session " + session.id() + " " + what)
        .orElse("");
  }
}
