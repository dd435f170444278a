package org.ampay.web;

import java.net.URI;
import java.security.SecureRandom;
import org.ampay.base.PasswordHasher;
import org.ampay.base.SecretBox;
import org.ampay.ledger.LedgerStore;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.account.ProviderKinds;
import org.ampay.payment.callback.Inbox;
import org.ampay.payment.kit.SamplePlugin;
import org.ampay.payment.method.DriverMethods;
import org.ampay.payment.method.DriverPins;
import org.ampay.payment.order.Orders;

/** Accounts with providers, callbacks and orders, for {@link WebFixture}. */
final class PayingFixture {

  private PayingFixture() {}

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
        orders);
  }
}
