package org.ampay.web;

import java.net.URI;
import java.security.SecureRandom;
import org.ampay.base.PasswordHasher;
import org.ampay.base.SecretBox;
import org.ampay.ledger.Books;
import org.ampay.ledger.Journals;
import org.ampay.ledger.LedgerStore;
import org.ampay.ocpi.roaming.PartnerInvoices;
import org.ampay.ocpi.roaming.PartnerPayments;
import org.ampay.ocpi.roaming.PartnerStatements;
import org.ampay.ocpi.roaming.RoamingMoney;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.account.ProviderKinds;
import org.ampay.payment.callback.Inbox;
import org.ampay.payment.kit.SamplePlugin;
import org.ampay.payment.method.DriverMethods;
import org.ampay.payment.method.DriverPins;
import org.ampay.payment.method.PartnerPayers;
import org.ampay.payment.order.Orders;
import org.ampay.store.Transactor;

/** Accounts with providers, callbacks and orders, for {@link WebFixture}. */
final class PayingFixture {

  private PayingFixture() {}

  private static RoamingMoney roaming(WebFixture web, LedgerStore ledger) {
    PartnerPayers payers = new PartnerPayers(web.database, web.time);
    Transactor transactor = web.database.transactor();
    return new RoamingMoney(
        payers,
        new PartnerStatements(transactor, ledger, new Books(transactor, ledger)),
        new PartnerInvoices(
            new PartnerInvoices.Ground(transactor, ledger, payers, web.audit, web.ids, web.time)),
        new PartnerPayments(
            transactor, new Journals(ledger, web.ids, web.time), web.audit, web.ids, web.time));
  }

  static WebRooms.Paying of(
      WebFixture web, LedgerStore ledger, SecureRandom random, Orders orders) {
    PaymentAccounts accounts =
        new PaymentAccounts(
            new PaymentAccounts.Ground(
                web.database,
                ProviderKinds.load(SamplePlugin.folder()),
                new SecretBox(new byte[32], random),
                web.audit,
                web.ids,
                web.time,
                random,
                () -> URI.create(web.url(""))));
    return new WebRooms.Paying(
        accounts,
        new DriverMethods(
            new DriverMethods.Ground(web.database, ledger, accounts, web.audit, web.ids, web.time)),
        new DriverPins(web.database, web.tokens, new PasswordHasher(random), web.audit, web.time),
        new Inbox(
            new Inbox.Ground(web.database, accounts, web.jobs, web.ids, web.time, web.meters)),
        orders,
        roaming(web, ledger));
  }
}
