package org.ampay.app;

import java.time.Duration;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.ocpi.roaming.PartnerInvoices;
import org.ampay.ocpi.roaming.PartnerPayments;
import org.ampay.ocpi.roaming.PartnerStatements;
import org.ampay.ocpi.roaming.RoamingMoney;
import org.ampay.payment.method.PartnerPayers;

/** What roaming partners owe, wired. */
final class RoamingRooms {

  private static final Duration INVOICES = Duration.ofMinutes(15);

  final RoamingMoney money;

  RoamingRooms(Foundation on, PartnerPayers payers, MoneyRooms books) {
    IdSource ids = on.idSource("roaming");
    AuditLog audit = new AuditLog(on.database(), on.time());
    money =
        new RoamingMoney(
            payers,
            new PartnerStatements(on.database().transactor(), books.ledger, books.books),
            new PartnerInvoices(
                new PartnerInvoices.Ground(
                    on.database().transactor(), books.ledger, payers, audit, ids, on.time())),
            new PartnerPayments(on.database().transactor(), books.journals, audit, ids, on.time()));
  }

  /** Invoices come by themselves. */
  void start(Threads threads) {
    threads.repeat("invoices of partners", INVOICES, money.invoices()::makeDue);
  }
}
