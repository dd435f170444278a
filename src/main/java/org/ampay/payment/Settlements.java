package org.ampay.payment;

import java.util.List;
import java.util.Optional;
import org.ampay.billing.SettlementState;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Settlements with their operations, to look at. */
public final class Settlements {

  private static final int MAX_PAGE = 500;

  private final Transactor transactor;
  private final SettlementStore store;

  public Settlements(Transactor transactor, SettlementStores stores) {
    this.transactor = transactor;
    this.store = stores.settlements();
  }

  /** A settlement with its operations in their order. */
  public record Detail(Settlement settlement, List<PaymentOperation> operations) {
    public Detail {
      operations = List.copyOf(operations);
    }
  }

  /**
   * One settlement.
   *
   * @param operatorId null: of any operator
   */
  public Optional<Detail> byId(@Nullable Long operatorId, long id) {
    return transactor.call(tx -> detail(tx, store.byId(tx, operatorId, id)));
  }

  /** The settlement of a session's charge. */
  public Optional<Detail> ofSession(@Nullable Long operatorId, long sessionId) {
    return transactor.call(tx -> detail(tx, store.ofSession(tx, operatorId, sessionId)));
  }

  private Optional<Detail> detail(Tx tx, Optional<Settlement> settlement) {
    return settlement.map(
        s -> new Detail(s, store.operations(tx, List.of(s.id())).getOrDefault(s.id(), List.of())));
  }

  /**
   * Settlements with a smaller id, newest first.
   *
   * @param operatorId null: of all operators
   * @param state null: in any state
   */
  public List<Settlement> list(
      @Nullable Long operatorId, @Nullable SettlementState state, long beforeId, int limit) {
    SettlementStore.Before before =
        new SettlementStore.Before(beforeId, Math.clamp(limit, 1, MAX_PAGE));
    return transactor.call(tx -> store.list(tx, operatorId, state, before));
  }
}
