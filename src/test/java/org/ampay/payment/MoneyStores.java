package org.ampay.payment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.base.TestTime;
import org.ampay.billing.BillStore;
import org.ampay.billing.MemoryBillStore;
import org.ampay.ledger.LedgerStore;
import org.ampay.ledger.MemoryLedgerStore;
import org.ampay.payment.order.MemoryOrderStore;
import org.ampay.payment.provider.PaymentProvider;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.store.JobStore;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.TestDatabase;
import org.ampay.store.Transactor;
import org.ampay.tariff.TariffSnapshots;
import org.jspecify.annotations.Nullable;

/** What a {@link MoneyWorld} stands on. */
final class MoneyStores {

  private MoneyStores() {}

  /** Stores, in memory or on a database. */
  record Base(
      Transactor transactor,
      TestSessions sessions,
      SettlementStore settlements,
      HoldStore holds,
      BillStore bills,
      LedgerStore ledger,
      TariffSnapshots snapshots,
      @Nullable TestDatabase database) {}

  /** What outlives a process: the stores and the world around it. */
  record Kept(
      Base base,
      JobStore jobs,
      List<PaymentProvider> more,
      TestTime time,
      IdSource ids,
      Map<Long, PaymentMethod> methods,
      Map<Long, RemoteProvider> accounts,
      MemoryOrderStore orders) {}

  static Base inMemory(MemoryTransactor.Faults faults, BentStores.Bend bend) {
    TestSessions sessions = TestSessions.inMemory();
    return new Base(
        new MemoryTransactor(faults),
        sessions,
        BentStores.settlements(new MemorySettlementStore(), bend),
        new MemoryHoldStore(sessions::byKey),
        new MemoryBillStore(outlet -> Optional.of(MoneyInventory.PLACE)),
        BentStores.ledger(new MemoryLedgerStore(), bend),
        new MemorySnapshots(),
        null);
  }
}
