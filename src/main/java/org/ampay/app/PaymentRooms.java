package org.ampay.app;

import io.micrometer.core.instrument.MeterRegistry;
import org.ampay.base.IdSource;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.Journals;
import org.ampay.payment.Backoff;
import org.ampay.payment.Debts;
import org.ampay.payment.InstallationStore;
import org.ampay.payment.ManualQueue;
import org.ampay.payment.Outside;
import org.ampay.payment.PaymentAlarms;
import org.ampay.payment.PaymentMethods;
import org.ampay.payment.References;
import org.ampay.payment.RemoteCalls;
import org.ampay.payment.RemoteSettler;
import org.ampay.payment.SettlementStores;
import org.ampay.payment.Settler;
import org.ampay.payment.provider.Providers;
import org.ampay.store.Transactor;
import org.ampay.web.WebRooms;

/** The settlement machine and its ways to providers, wired. */
final class PaymentRooms {

  final RemoteCalls calls;
  final References references;
  final Backoff backoff;
  final PaymentAlarms alarms;
  final Outside outside;
  private final Foundation on;

  PaymentRooms(
      Foundation on,
      Threads threads,
      MeterRegistry meters,
      Providers providers,
      PaymentMethods methods,
      IdSource ids) {
    this.on = on;
    calls =
        new RemoteCalls(
            RemoteCalls.Settings.DEFAULT, providers, threads.blocking(), on.time(), meters);
    Transactor transactor = on.database().transactor();
    references = new References(InstallationStore.code(transactor, on.random(), on.time().now()));
    backoff = new Backoff(on.random());
    alarms = PaymentAlarms.inDatabase(ids, on.time(), meters);
    outside = new Outside(providers, calls, references, backoff, methods, alarms);
  }

  Settler settler(SettlementStores stores, Journals journals, IdSource ids, LiveBus live) {
    return new Settler(on.database().transactor(), stores, journals, outside, ids, on.time(), live);
  }

  RemoteSettler remoteSettler(
      SettlementStores stores, Journals journals, IdSource ids, LiveBus live) {
    return new RemoteSettler(
        on.database().transactor(), stores, journals, outside, ids, on.time(), live);
  }

  WebRooms.Manual manual(SettlementStores stores, Journals journals, IdSource ids) {
    Transactor transactor = on.database().transactor();
    Debts debts = new Debts(transactor, stores, on.time());
    debts.refresh(); // before stations connect: else the first debtors would start
    return new WebRooms.Manual(
        ManualQueue.inDatabase(transactor, stores, journals, alarms, ids, on.time()), debts);
  }
}
