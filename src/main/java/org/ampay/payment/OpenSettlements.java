package org.ampay.payment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ampay.billing.Bill;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Settlements with everything that belongs to them, locked, in one transaction; and what is changed
 * of them, stored at its end.
 */
final class OpenSettlements {

  private final Tx tx;
  private final SettlementStores stores;
  private final Map<Long, Settlement> byBill;
  private final Map<Long, List<PaymentOperation>> operations;
  private final Map<Long, StartHold> holds;
  private final Map<Long, Bill> bills;
  private final Set<Long> changedSettlements = new LinkedHashSet<>();
  private final Set<Long> changedOperations = new LinkedHashSet<>();
  private final Set<Long> changedHolds = new LinkedHashSet<>();

  OpenSettlements(Tx tx, SettlementStores stores, Collection<Long> billIds) {
    this.tx = tx;
    this.stores = stores;
    this.bills = stores.bills().heads(tx, billIds);
    this.byBill = new TreeMap<>(stores.settlements().lockOfBills(tx, billIds));
    List<Long> ids = byBill.values().stream().map(Settlement::id).toList();
    this.operations = new HashMap<>();
    stores
        .settlements()
        .operations(tx, ids)
        .forEach((id, of) -> operations.put(id, new ArrayList<>(of)));
    this.holds = new HashMap<>();
    lockHolds();
  }

  private void lockHolds() {
    Set<Long> wanted =
        byBill.values().stream()
            .map(Settlement::holdId)
            .filter(Objects::nonNull)
            .filter(id -> !holds.containsKey(id))
            .collect(Collectors.toSet());
    holds.putAll(stores.holds().lock(tx, wanted));
  }

  Collection<Settlement> all() {
    return List.copyOf(byBill.values());
  }

  Collection<Bill> bills() {
    return bills.values();
  }

  Bill bill(Settlement settlement) {
    return Objects.requireNonNull(bills.get(settlement.billId()), "a settlement has a bill");
  }

  Optional<Settlement> ofBill(long billId) {
    return Optional.ofNullable(byBill.get(billId));
  }

  List<PaymentOperation> operations(Settlement settlement) {
    return operations.getOrDefault(settlement.id(), List.of());
  }

  @Nullable StartHold hold(Settlement settlement) {
    Long id = settlement.holdId();
    return id == null ? null : holds.get(id);
  }

  /** Adds settlements that are new. */
  void insert(List<Settlement> settlements) {
    stores.settlements().insert(tx, settlements);
    settlements.forEach(settlement -> byBill.put(settlement.billId(), settlement));
    lockHolds();
  }

  /** Adds operations of settlements. */
  void insertOperations(List<PaymentOperation> added) {
    stores.settlements().insertOperations(tx, added);
    for (PaymentOperation op : added) {
      operations
          .computeIfAbsent(Objects.requireNonNull(op.settlementId()), id -> new ArrayList<>())
          .add(op);
    }
  }

  void put(Settlement settlement) {
    byBill.put(settlement.billId(), settlement);
    changedSettlements.add(settlement.billId());
  }

  void put(PaymentOperation operation) {
    Long settlement = Objects.requireNonNull(operation.settlementId());
    operations
        .getOrDefault(settlement, new ArrayList<>())
        .replaceAll(op -> op.id() == operation.id() ? operation : op);
    changedOperations.add(operation.id());
  }

  void put(StartHold hold) {
    holds.put(hold.id(), hold);
    changedHolds.add(hold.id());
  }

  /** Stores what has changed. */
  void store() {
    stores.settlements().update(tx, byBill.values().stream().filter(this::isChanged).toList());
    stores
        .settlements()
        .updateOperations(
            tx,
            operations.values().stream()
                .flatMap(List::stream)
                .filter(op -> changedOperations.contains(op.id()))
                .toList());
    stores
        .holds()
        .update(tx, holds.values().stream().filter(h -> changedHolds.contains(h.id())).toList());
  }

  private boolean isChanged(Settlement settlement) {
    return changedSettlements.contains(settlement.billId());
  }
}
