package org.ampay.payment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.billing.SettlementState;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Settlements and payment operations at rest. */
interface SettlementStore extends OperationStore {

  /** Locks settlements until the end of the transaction, in the order of their ids; by bill. */
  Map<Long, Settlement> lockOfBills(Tx tx, Collection<Long> billIds);

  void insert(Tx tx, List<Settlement> settlements);

  /** Stores everything of locked settlements that can change. */
  void update(Tx tx, List<Settlement> settlements);

  /** The operations of settlements, in the order of their ids; by settlement. */
  Map<Long, List<PaymentOperation>> operations(Tx tx, Collection<Long> settlementIds);

  /** The bills of drivers that are owed, in whole or in part. */
  List<Long> owedBills(Tx tx, Collection<Long> driverIds);

  /** What drivers owe in all, of those who owe more than nothing. */
  Map<Debtor, Long> debts(Tx tx, Collection<Long> operatorIds);

  /** Who owes; the amount is in the minor units of the currency. */
  record Debtor(long operatorId, long driverId, String currency) {}

  /**
   * One settlement.
   *
   * @param operatorId null: of any operator
   */
  Optional<Settlement> byId(Tx tx, @Nullable Long operatorId, long id);

  /** The settlement of a session's charge. */
  Optional<Settlement> ofSession(Tx tx, @Nullable Long operatorId, long sessionId);

  /**
   * Settlements with a smaller id, newest first.
   *
   * @param operatorId null: of all operators
   * @param state null: in any state
   */
  List<Settlement> list(
      Tx tx, @Nullable Long operatorId, @Nullable SettlementState state, Before before);

  /** Rows with an id below {@code beforeId}, at most {@code limit}. */
  record Before(long beforeId, int limit) {}
}
