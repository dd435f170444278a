package org.ampay.payment;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationRule;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.payment.SettlementStore.Debtor;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/**
 * Refuses drivers who owe their operator more than it allows. What they owe is a picture in memory,
 * read now and then: a start costs no statement.
 */
public final class Debts implements AuthorizationRule {

  private final Transactor transactor;
  private final SettlementStore settlements;
  private final TimeSource time;
  private volatile Set<Long> refused = Set.of();

  /** Nobody is refused until the first {@link #refresh}. */
  public Debts(Transactor transactor, SettlementStores stores, TimeSource time) {
    this.transactor = transactor;
    this.settlements = stores.settlements();
    this.time = time;
  }

  /** Reads who owes too much. */
  public void refresh() {
    refused = transactor.call(this::read);
  }

  private Set<Long> read(Tx tx) {
    Map<Long, Long> limits = DebtLimitStore.all(tx);
    Set<Long> found = new HashSet<>();
    for (Map.Entry<Debtor, Long> debt : settlements.debts(tx, limits.keySet()).entrySet()) {
      long limit = limits.getOrDefault(debt.getKey().operatorId(), 0L);
      if (debt.getValue() > limit) {
        found.add(debt.getKey().driverId());
      }
    }
    return Set.copyOf(found);
  }

  @Override
  public CompletionStage<Optional<AuthorizationStatus>> refuse(
      AuthorizationRequest request, Authorization candidate) {
    Long driver = candidate.driverId();
    boolean starts =
        switch (request.purpose()) {
          case PRESENT, START -> true;
          case CONTINUE, STOP -> false;
        };
    boolean owes = starts && driver != null && refused.contains(driver);
    return CompletableFuture.completedFuture(
        owes ? Optional.of(AuthorizationStatus.NO_CREDIT) : Optional.empty());
  }

  /** How much an operator's drivers may owe and still start, in minor units of its currency. */
  public long limit(long operatorId) {
    return transactor.call(tx -> DebtLimitStore.all(tx).getOrDefault(operatorId, 0L));
  }

  /**
   * Says how much an operator's drivers may owe.
   *
   * @param limit not negative
   * @param entry writes who did it, in the same transaction
   */
  public void setLimit(long operatorId, Money limit, Consumer<Tx> entry) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("a limit is not negative");
    }
    transactor.run(
        tx -> {
          DebtLimitStore.set(tx, operatorId, limit.minor(), time.now());
          entry.accept(tx);
        });
  }
}
