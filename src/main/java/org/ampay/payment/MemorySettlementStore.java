package org.ampay.payment;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ampay.billing.SettlementState;
import org.ampay.store.MemoryTx;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Settlements and payment operations in memory, for simulations. */
public final class MemorySettlementStore implements SettlementStore, OrderOperations {

  private final NavigableMap<Long, Settlement> settlements = new TreeMap<>();
  private final Map<Long, Long> byBill = new HashMap<>();
  private final NavigableMap<Long, PaymentOperation> operations = new TreeMap<>();
  private final Map<String, Long> byReference = new HashMap<>();

  @Override
  public Map<Long, Settlement> lockOfBills(Tx tx, Collection<Long> billIds) {
    Map<Long, Settlement> found = new HashMap<>();
    for (Long bill : billIds) {
      Long id = byBill.get(bill);
      if (id != null) {
        found.put(bill, Objects.requireNonNull(settlements.get(id)));
      }
    }
    return found;
  }

  @Override
  public void insert(Tx tx, List<Settlement> added) {
    for (Settlement settlement : added) {
      if (byBill.putIfAbsent(settlement.billId(), settlement.id()) != null) {
        throw new StoreException.DuplicateKey("settlement of bill " + settlement.billId(), null);
      }
      settlements.put(settlement.id(), settlement);
      MemoryTx.of(tx)
          .undo(
              () -> {
                byBill.remove(settlement.billId());
                settlements.remove(settlement.id());
              });
    }
  }

  @Override
  public void update(Tx tx, List<Settlement> changed) {
    for (Settlement settlement : changed) {
      Settlement before =
          Objects.requireNonNull(settlements.put(settlement.id(), settlement), "it exists");
      MemoryTx.of(tx).undo(() -> settlements.put(before.id(), before));
    }
  }

  @Override
  public Map<Long, List<PaymentOperation>> operations(Tx tx, Collection<Long> settlementIds) {
    Map<Long, List<PaymentOperation>> found = new HashMap<>();
    for (Long id : settlementIds) {
      List<PaymentOperation> of =
          operations.values().stream().filter(op -> id.equals(op.settlementId())).toList();
      if (!of.isEmpty()) {
        found.put(id, of);
      }
    }
    return found;
  }

  @Override
  public Map<Long, List<PaymentOperation>> ofOrders(Tx tx, Collection<Long> orderIds) {
    return operations.values().stream()
        .filter(op -> op.orderId() != null && orderIds.contains(op.orderId()))
        .collect(Collectors.groupingBy(op -> Objects.requireNonNull(op.orderId())));
  }

  @Override
  public void insertOperations(Tx tx, List<PaymentOperation> added) {
    for (PaymentOperation op : added) {
      String reference = key(op.provider(), op.reference());
      if (byReference.putIfAbsent(reference, op.id()) != null) {
        throw new StoreException.DuplicateKey("operation " + reference, null);
      }
      operations.put(op.id(), op);
      MemoryTx.of(tx)
          .undo(
              () -> {
                byReference.remove(reference);
                operations.remove(op.id());
              });
    }
  }

  @Override
  public void updateOperations(Tx tx, List<PaymentOperation> changed) {
    for (PaymentOperation op : changed) {
      PaymentOperation before = Objects.requireNonNull(operations.put(op.id(), op), "it exists");
      MemoryTx.of(tx).undo(() -> operations.put(before.id(), before));
    }
  }

  @Override
  public Map<String, PaymentOperation> byReferences(
      Tx tx, String provider, Collection<String> references) {
    Map<String, PaymentOperation> found = new HashMap<>();
    for (String reference : references) {
      Long id = byReference.get(key(provider, reference));
      if (id != null) {
        found.put(reference, Objects.requireNonNull(operations.get(id)));
      }
    }
    return found;
  }

  @Override
  public Map<Long, PaymentOperation> lockOperations(Tx tx, Collection<Long> ids) {
    Map<Long, PaymentOperation> found = new TreeMap<>();
    ids.forEach(id -> operation(tx, id).ifPresent(op -> found.put(id, op)));
    return found;
  }

  @Override
  public Optional<PaymentOperation> operation(Tx tx, long id) {
    return Optional.ofNullable(operations.get(id));
  }

  @Override
  public List<PaymentOperation> ofOrder(Tx tx, long orderId) {
    return operations.values().stream()
        .filter(op -> Objects.equals(op.orderId(), orderId))
        .toList();
  }

  @Override
  public Optional<PaymentOperation> byProviderRef(Tx tx, long accountId, String providerRef) {
    return operations.descendingMap().values().stream()
        .filter(op -> Objects.equals(op.via().accountId(), accountId))
        .filter(op -> op.result().providerRef().equals(providerRef))
        .findFirst();
  }

  @Override
  public Map<Debtor, Long> debts(Tx tx, Collection<Long> operatorIds) {
    Map<Debtor, Long> owed = new HashMap<>();
    for (Settlement s : settlements.values()) {
      if (isOwed(s) && s.driverId() != null && operatorIds.contains(s.operatorId())) {
        owed.merge(
            new Debtor(s.operatorId(), s.driverId(), s.amount().currency()),
            s.amount().minor() - s.settledMinor(),
            Long::sum);
      }
    }
    return owed;
  }

  private static boolean isOwed(Settlement s) {
    return s.state() == SettlementState.DEBT || s.state() == SettlementState.PARTIAL;
  }

  private static String key(String provider, String reference) {
    return provider + " " + reference;
  }

  @Override
  public List<Long> owedBills(Tx tx, Collection<Long> driverIds) {
    return settlements.values().stream()
        .filter(s -> s.driverId() != null && driverIds.contains(s.driverId()))
        .filter(MemorySettlementStore::isOwed)
        .map(Settlement::billId)
        .toList();
  }

  @Override
  public Optional<Settlement> byId(Tx tx, @Nullable Long operatorId, long id) {
    return Optional.ofNullable(settlements.get(id)).filter(s -> of(s, operatorId));
  }

  @Override
  public Optional<Settlement> ofSession(Tx tx, @Nullable Long operatorId, long sessionId) {
    return settlements.values().stream()
        .filter(s -> s.sessionId() == sessionId && of(s, operatorId))
        .findFirst();
  }

  @Override
  public List<Settlement> list(
      Tx tx, @Nullable Long operatorId, @Nullable SettlementState state, Before before) {
    return settlements.headMap(before.beforeId(), false).descendingMap().values().stream()
        .filter(s -> of(s, operatorId) && (state == null || s.state() == state))
        .limit(before.limit())
        .toList();
  }

  private static boolean of(Settlement settlement, @Nullable Long operatorId) {
    return operatorId == null || settlement.operatorId() == operatorId;
  }
}
