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
import java.util.TreeSet;
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
  private final Set<Long> newSettlements = new LinkedHashSet<>();
  private final Set<Long> newOperations = new LinkedHashSet<>();
  private final Set<Long> changedSettlements = new LinkedHashSet<>();
  private final Set<Long> changedOperations = new LinkedHashSet<>();
  private final Set<Long> changedHolds = new LinkedHashSet<>();
  private final Set<Long> benefiting = new TreeSet<>();
  private final Reversals reversals;

  /** The settlements of these bills, as far as there are any. */
  OpenSettlements(Tx tx, SettlementStores stores, Collection<Long> billIds) {
    this(tx, stores, stores.bills().heads(tx, billIds));
    byBill.putAll(stores.settlements().lockOfBills(tx, billIds));
    List<Long> ids = byBill.values().stream().map(Settlement::id).toList();
    stores
        .settlements()
        .operations(tx, ids)
        .forEach((id, of) -> operations.put(id, new ArrayList<>(of)));
    lockHolds();
  }

  private OpenSettlements(Tx tx, SettlementStores stores, Map<Long, Bill> bills) {
    this.tx = tx;
    this.stores = stores;
    this.bills = new HashMap<>(bills);
    this.byBill = new TreeMap<>();
    this.operations = new HashMap<>();
    this.holds = new HashMap<>();
    this.reversals = new Reversals(tx, stores, this::bills);
  }

  /** Of bills that this transaction has made: nothing is stored of them. */
  static OpenSettlements ofNew(Tx tx, SettlementStores stores, Collection<Bill> bills) {
    return new OpenSettlements(
        tx, stores, bills.stream().collect(Collectors.toMap(Bill::id, bill -> bill)));
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

  /** What payments and refunds of the bills make and undo. */
  Reversals reversals() {
    return reversals;
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

  /** An operation that one of the settlement is about: its own, or an order's. */
  PaymentOperation operation(Settlement settlement, long id) {
    return operations(settlement).stream()
        .filter(op -> op.id() == id)
        .findFirst()
        .or(() -> stores.operations().operation(tx, id))
        .orElseThrow(() -> new IllegalStateException("there is no operation " + id));
  }

  @Nullable StartHold hold(Settlement settlement) {
    Long id = settlement.holdId();
    return id == null ? null : holds.get(id);
  }

  /** Adds settlements that are new; they are written by {@link #store}. */
  void add(List<Settlement> settlements) {
    for (Settlement settlement : settlements) {
      byBill.put(settlement.billId(), settlement);
      newSettlements.add(settlement.billId());
    }
    lockHolds();
  }

  /** Forgets one that was added: it is not for this transaction. */
  void leave(Settlement settlement) {
    byBill.remove(settlement.billId());
    newSettlements.remove(settlement.billId());
    bills.remove(settlement.billId());
  }

  /** Adds operations of settlements; they are written by {@link #store}. */
  void addOperations(List<PaymentOperation> added) {
    for (PaymentOperation op : added) {
      operations
          .computeIfAbsent(Objects.requireNonNull(op.settlementId()), id -> new ArrayList<>())
          .add(op);
      newOperations.add(op.id());
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

  /** Whether this transaction adds it. */
  boolean isNew(PaymentOperation operation) {
    return newOperations.contains(operation.id());
  }

  /** Whether this transaction changes it. */
  boolean hasChanged(Settlement settlement) {
    return changedSettlements.contains(settlement.billId())
        || newSettlements.contains(settlement.billId());
  }

  /** Benefits follow from what became of a bill's payment. */
  void benefits(Settlement settlement) {
    benefiting.add(settlement.billId());
  }

  void put(StartHold hold) {
    holds.put(hold.id(), hold);
    changedHolds.add(hold.id());
  }

  /** Writes what is new or has changed, each row once, as it is now. Call it once. */
  void store() {
    changedSettlements.removeAll(newSettlements);
    changedOperations.removeAll(newOperations);
    SettlementStore store = stores.settlements();
    store.insert(tx, settlements(newSettlements));
    store.insertOperations(tx, operations(newOperations));
    store.update(tx, settlements(changedSettlements));
    store.updateOperations(tx, operations(changedOperations));
    List<StartHold> changed =
        holds.values().stream().filter(h -> changedHolds.contains(h.id())).toList();
    stores.holds().update(tx, changed);
    reversals.store();
    stores.benefits().billsChanged(tx, billsWithBenefits(changed));
    OrderStarts.settled(tx, stores.jobs(), changed);
  }

  /** The bills of which something is to be done: a hold with terms was closed, money went back. */
  private Set<Long> billsWithBenefits(List<StartHold> changed) {
    Set<Long> wanted = new TreeSet<>(benefiting);
    Set<Long> closed =
        changed.stream()
            .filter(hold -> hold.state() != HoldState.HELD && !hold.terms().isNone())
            .map(StartHold::id)
            .collect(Collectors.toSet());
    byBill.values().stream()
        .filter(settlement -> closed.contains(settlement.holdId()))
        .forEach(settlement -> wanted.add(settlement.billId()));
    return wanted;
  }

  private List<Settlement> settlements(Set<Long> billIds) {
    return byBill.values().stream().filter(s -> billIds.contains(s.billId())).toList();
  }

  private List<PaymentOperation> operations(Set<Long> ids) {
    return operations.values().stream()
        .flatMap(List::stream)
        .filter(op -> ids.contains(op.id()))
        .toList();
  }
}
