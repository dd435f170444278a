package org.ampay.web;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.ledger.Journals;
import org.ampay.payment.Debts;
import org.ampay.payment.ManualQueue;
import org.ampay.payment.PaymentAlarms;
import org.ampay.payment.SettlementStores;
import org.ampay.store.Database;

/** What persons decide about payments, for {@link WebFixture}. */
final class ManualFixture {

  private ManualFixture() {}

  static WebRooms.Manual of(
      Database database,
      SettlementStores stores,
      Journals journals,
      IdSource ids,
      TimeSource time) {
    PaymentAlarms alarms = PaymentAlarms.inDatabase(ids, time, new SimpleMeterRegistry());
    return new WebRooms.Manual(
        ManualQueue.inDatabase(database.transactor(), stores, journals, alarms, ids, time),
        new Debts(database.transactor(), stores, time));
  }
}
