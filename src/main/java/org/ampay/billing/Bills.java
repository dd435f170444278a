package org.ampay.billing;

import java.util.List;
import java.util.Optional;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;

/** Bills and CDRs, to look at. An operator's id of null means: of any operator. */
public final class Bills {

  private static final int MAX_PAGE = 500;

  private final Transactor transactor;
  private final BillStore store;

  public Bills(Transactor transactor, BillStore store) {
    this.transactor = transactor;
    this.store = store;
  }

  /** The charge of a session, with its lines. */
  public Optional<Bill> ofSession(@Nullable Long operatorId, long sessionId) {
    return transactor.call(tx -> store.ofSession(tx, operatorId, sessionId));
  }

  /** The CDR of a bill. */
  public Optional<Cdr> cdr(@Nullable Long operatorId, long billId) {
    return transactor.call(tx -> store.cdr(tx, operatorId, billId));
  }

  /** Heads of bills with a smaller id, newest first. */
  public List<Bill> list(@Nullable Long operatorId, long beforeId, int limit) {
    return transactor.call(
        tx -> store.list(tx, operatorId, beforeId, Math.clamp(limit, 1, MAX_PAGE)));
  }
}
