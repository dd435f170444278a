package org.ampay.billing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.billing.CdrPlace.Outlet;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Bills and CDRs at rest. Rows are added, never changed. */
public interface BillStore {

  /** Which of the sessions have a charge. */
  Set<Long> billed(Tx tx, Collection<Long> sessionIds);

  /** Adds bills with their lines, and their CDRs. */
  void insert(Tx tx, List<Bill> bills, List<Cdr> cdrs);

  /** Heads of bills, by their ids. */
  Map<Long, Bill> heads(Tx tx, Collection<Long> billIds);

  /**
   * The charge of a session, with its lines.
   *
   * @param operatorId null: of any operator
   */
  Optional<Bill> ofSession(Tx tx, @Nullable Long operatorId, long sessionId);

  /** The credits of a session's charge, with their lines, in their order. */
  List<Bill> credits(Tx tx, long sessionId);

  /** The lines of bills, by their ids. */
  Map<Long, List<Bill.Line>> lines(Tx tx, Collection<Long> billIds);

  /**
   * Heads of bills with a smaller id, newest first.
   *
   * @param operatorId null: of all operators
   */
  List<Bill> list(Tx tx, @Nullable Long operatorId, long beforeId, int limit);

  /** The CDR of a bill. */
  Optional<Cdr> cdr(Tx tx, @Nullable Long operatorId, long billId);

  /** Where sessions were; of an outlet that the inventory does not know nothing is told. */
  Map<Outlet, CdrPlace> places(Tx tx, Collection<Outlet> outlets);
}
