package org.ampay.billing;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.ampay.billing.CdrPlace.Outlet;
import org.ampay.store.MemoryTx;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Bills and CDRs in memory, for simulations. */
public final class MemoryBillStore implements BillStore {

  private final NavigableMap<Long, Bill> bills = new TreeMap<>();
  private final Map<Long, Cdr> cdrs = new HashMap<>();
  private final Set<String> billed = new HashSet<>();
  private final Function<Outlet, Optional<CdrPlace>> inventory;

  public MemoryBillStore(Function<Outlet, Optional<CdrPlace>> inventory) {
    this.inventory = inventory;
  }

  @Override
  public Set<Long> billed(Tx tx, Collection<Long> sessionIds) {
    Set<Long> found = new HashSet<>(sessionIds);
    found.removeIf(id -> !billed.contains(key(id, Bill.Kind.CHARGE, 0)));
    return found;
  }

  @Override
  public void insert(Tx tx, List<Bill> added, List<Cdr> addedCdrs) {
    for (Bill bill : added) {
      if (!billed.add(key(bill))) {
        throw new StoreException.DuplicateKey("bill of session " + bill.session().id(), null);
      }
      bills.put(bill.id(), bill);
      MemoryTx.of(tx)
          .undo(
              () -> {
                bills.remove(bill.id());
                billed.remove(key(bill));
              });
    }
    for (Cdr cdr : addedCdrs) {
      cdrs.put(cdr.billId(), cdr);
      MemoryTx.of(tx).undo(() -> cdrs.remove(cdr.billId()));
    }
  }

  private static String key(Bill bill) {
    return key(bill.session().id(), bill.kind(), bill.seq());
  }

  private static String key(long sessionId, Bill.Kind kind, int seq) {
    return sessionId + ":" + kind + ":" + seq;
  }

  @Override
  public Map<Long, Bill> heads(Tx tx, Collection<Long> billIds) {
    Map<Long, Bill> found = new HashMap<>();
    for (Long id : billIds) {
      Bill bill = bills.get(id);
      if (bill != null) {
        found.put(id, head(bill));
      }
    }
    return found;
  }

  @Override
  public Optional<Bill> ofSession(Tx tx, @Nullable Long operatorId, long sessionId) {
    return bills.values().stream()
        .filter(bill -> bill.session().id() == sessionId && bill.kind() == Bill.Kind.CHARGE)
        .filter(bill -> operatorId == null || bill.operatorId() == operatorId)
        .findFirst();
  }

  @Override
  public List<Bill> credits(Tx tx, long sessionId) {
    return bills.values().stream()
        .filter(bill -> bill.session().id() == sessionId && bill.kind() == Bill.Kind.CREDIT)
        .sorted(Comparator.comparing(Bill::seq))
        .toList();
  }

  @Override
  public Map<Long, List<Bill.Line>> lines(Tx tx, Collection<Long> billIds) {
    Map<Long, List<Bill.Line>> found = new HashMap<>();
    for (Long id : billIds) {
      Bill bill = bills.get(id);
      if (bill != null) {
        found.put(id, bill.lines());
      }
    }
    return found;
  }

  @Override
  public List<Bill> list(Tx tx, @Nullable Long operatorId, long beforeId, int limit) {
    return bills.headMap(beforeId, false).descendingMap().values().stream()
        .filter(bill -> operatorId == null || bill.operatorId() == operatorId)
        .limit(limit)
        .map(MemoryBillStore::head)
        .toList();
  }

  @Override
  public Optional<Cdr> cdr(Tx tx, @Nullable Long operatorId, long billId) {
    return Optional.ofNullable(cdrs.get(billId))
        .filter(cdr -> operatorId == null || cdr.operatorId() == operatorId);
  }

  @Override
  public Map<Outlet, CdrPlace> places(Tx tx, Collection<Outlet> places) {
    Map<Outlet, CdrPlace> found = new HashMap<>();
    places.forEach(place -> inventory.apply(place).ifPresent(known -> found.put(place, known)));
    return found;
  }

  private static Bill head(Bill bill) {
    return bill.withLines(List.of());
  }
}
