package org.ampay.payment;

import java.util.List;
import java.util.Optional;
import org.ampay.payment.provider.Callback.Disputed.State;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;

/** Disputes, to look at. An operator's id of null means: of all operators. */
public final class DisputeBook {

  private static final int MAX_PAGE = 1_001;

  private final Transactor transactor;

  public DisputeBook(Transactor transactor) {
    this.transactor = transactor;
  }

  public Optional<Dispute> byId(@Nullable Long operatorId, long id) {
    return transactor.call(tx -> DisputeStore.byId(tx, operatorId, id));
  }

  /**
   * Disputes with a smaller id, newest first.
   *
   * @param state null: in any state
   */
  public List<Dispute> list(
      @Nullable Long operatorId, @Nullable State state, long beforeId, int limit) {
    SettlementStore.Before before =
        new SettlementStore.Before(beforeId, Math.clamp(limit, 1, MAX_PAGE));
    return transactor.call(tx -> DisputeStore.list(tx, operatorId, state, before));
  }
}
