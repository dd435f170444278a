package org.ampay.payment;

import java.util.List;
import java.util.Optional;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Write-offs at rest. */
interface WriteOffStore {

  void insert(Tx tx, WriteOff writeOff);

  /** Stores the decision. */
  void update(Tx tx, WriteOff writeOff);

  Optional<WriteOff> byId(Tx tx, @Nullable Long operatorId, long id);

  /** The one of a settlement that waits for a decision. */
  Optional<WriteOff> proposed(Tx tx, long settlementId);

  /**
   * Those that wait for a decision, with a smaller id, newest first.
   *
   * @param operatorId null: of all operators
   */
  List<WriteOff> proposed(Tx tx, @Nullable Long operatorId, SettlementStore.Before before);
}
