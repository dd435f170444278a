package org.ampay.billing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.billing.CdrPlace.Outlet;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Bills of another store, whose new ones a {@link BillWatch} hears of in their own commit. */
public final class WatchedBills implements BillStore {

  private final BillStore store;
  private final BillWatch watch;

  public WatchedBills(BillStore store, BillWatch watch) {
    this.store = store;
    this.watch = watch;
  }

  @Override
  public void insert(Tx tx, List<Bill> bills, List<Cdr> cdrs) {
    store.insert(tx, bills, cdrs);
    if (!bills.isEmpty()) {
      watch.made(tx, bills);
    }
  }

  @Override
  public Set<Long> billed(Tx tx, Collection<Long> sessionIds) {
    return store.billed(tx, sessionIds);
  }

  @Override
  public Map<Long, Bill> heads(Tx tx, Collection<Long> billIds) {
    return store.heads(tx, billIds);
  }

  @Override
  public Optional<Bill> ofSession(Tx tx, @Nullable Long operatorId, long sessionId) {
    return store.ofSession(tx, operatorId, sessionId);
  }

  @Override
  public List<Bill> credits(Tx tx, long sessionId) {
    return store.credits(tx, sessionId);
  }

  @Override
  public Map<Long, List<Bill.Line>> lines(Tx tx, Collection<Long> billIds) {
    return store.lines(tx, billIds);
  }

  @Override
  public List<Bill> list(Tx tx, @Nullable Long operatorId, long beforeId, int limit) {
    return store.list(tx, operatorId, beforeId, limit);
  }

  @Override
  public Optional<Cdr> cdr(Tx tx, @Nullable Long operatorId, long billId) {
    return store.cdr(tx, operatorId, billId);
  }

  @Override
  public Map<Outlet, CdrPlace> places(Tx tx, Collection<Outlet> outlets) {
    return store.places(tx, outlets);
  }
}
