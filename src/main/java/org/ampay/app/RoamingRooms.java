package org.ampay.app;

import java.time.Duration;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.roaming.PartnerInvoices;
import org.ampay.ocpi.roaming.PartnerPayments;
import org.ampay.ocpi.roaming.PartnerStatements;
import org.ampay.ocpi.roaming.RoamingMoney;
import org.ampay.ocpi.terminal.SessionReferences;
import org.ampay.ocpi.terminal.TerminalPayments;
import org.ampay.ocpi.terminal.Terminals;
import org.ampay.ocpi.v230.InvoiceReconciliation230;
import org.ampay.ocpi.v230.Payments230;
import org.ampay.payment.TakenElsewhere;
import org.ampay.payment.method.PartnerPayers;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/** What roaming partners owe, wired. */
final class RoamingRooms {

  private static final Duration INVOICES = Duration.ofMinutes(15);

  final RoamingMoney money;
  private final Foundation on;
  private final MoneyRooms books;
  private final IdSource ids;

  RoamingRooms(Foundation on, PartnerPayers payers, MoneyRooms books) {
    this.on = on;
    this.books = books;
    this.ids = on.idSource("roaming");
    payers.refresh(); // before stations connect: who owes too much starts nothing
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

  /** A new partner can pay from its first session on. */
  void added(Tx tx, Partner partner) {
    boolean terminal = partner.role().equals("PTP");
    money.payers().ensure(tx, partner.operatorId(), partner.id(), partner.name(), terminal);
  }

  /** Which CDRs are on which invoice. */
  OcpiModule reconciliation() {
    return new InvoiceReconciliation230(money.payers(), money.invoices());
  }

  /**
   * Card terminals, whose services pay sessions by what they confirm.
   *
   * @param references finds the sessions that the services have started
   */
  OcpiModule payments(PartnerClient client, SessionReferences references) {
    Transactor transactor = on.database().transactor();
    TakenElsewhere elsewhere =
        new TakenElsewhere(books.stores, books.providers, books.journals, ids);
    return new Payments230(
        new Terminals(transactor, client, on.time()),
        new TerminalPayments(transactor, references, elsewhere, on.time()));
  }

  /** Invoices come by themselves. */
  void start(Threads threads) {
    threads.repeat("invoices of partners", INVOICES, money.invoices()::makeDue);
  }
}
