package org.ampay.payment.method;

import java.util.List;
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
import org.ampay.store.Database;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * In whose name roaming partners pay. Each has a driver with its own id, whom no list shows: so its
 * sessions are billed, settled, given back and audited as all others are. Also the rule that
 * refuses starts of partners who owe more than they may; who does is a picture in memory, read now
 * and then, so that a start costs no statement.
 */
public final class PartnerPayers implements AuthorizationRule {

  /** Kind of such a driver. */
  public static final String KIND = "partner";

  private static final int LONGEST_NAME = 100;
  private static final long MOST_LIMIT = 1_000_000_000_000L;

  private final Database database;
  private final PayerStore store;
  private final TimeSource time;
  private final Consumer<PartnerPayer> made;
  private volatile Set<Long> refused = Set.of();

  /** Where nothing in memory has to know at once that a partner pays now. */
  public PartnerPayers(Database database, TimeSource time) {
    this(database, time, payer -> {});
  }

  /**
   * Nobody is refused until the first {@link #refresh}.
   *
   * @param made called with each partner after the commit that lets it pay; cheap
   */
  public PartnerPayers(Database database, TimeSource time, Consumer<PartnerPayer> made) {
    this.database = database;
    this.made = made;
    this.store = new PayerStore(database);
    this.time = time;
  }

  /**
   * Sees to it that a partner can pay: to be called with every token of it that is stored.
   *
   * @param partnerId of the ids of which drivers have theirs
   */
  public void ensure(Tx tx, long operatorId, long partnerId, String name) {
    ensure(tx, operatorId, partnerId, name, false);
  }

  /**
   * {@link #ensure(Tx, long, long, String)}.
   *
   * @param terminal it is the service of card terminals, of the role PTP: asked the first time
   */
  public void ensure(Tx tx, long operatorId, long partnerId, String name, boolean terminal) {
    Optional<PayerStore.Found> found = store.find(tx, partnerId);
    if (found.isEmpty()) {
      String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
      PartnerPayer payer = new PartnerPayer(partnerId, operatorId, shown, terminal, null);
      store.insert(tx, payer, time.now());
      tx.afterCommit(() -> made.accept(payer));
    } else if (!found.get().kind().equals(KIND) || found.get().operatorId() != operatorId) {
      throw new IllegalStateException("partner " + partnerId + " has the id of somebody else");
    }
  }

  /** A partner that has had a token; empty: the operator has no such. */
  public Optional<PartnerPayer> find(long operatorId, long partnerId) {
    return database.transactor().call(tx -> store.byId(tx, operatorId, partnerId));
  }

  /** Partners with an id above another; {@code operatorId} null: of all operators. */
  public List<PartnerPayer> list(@Nullable Long operatorId, long afterId, int count) {
    return database.transactor().call(tx -> store.list(tx, operatorId, afterId, count));
  }

  /**
   * Says how much a partner may owe. Whoever owes more than that starts nothing.
   *
   * @param limit zero: there is none
   * @param entry writes who did it, in the same transaction
   * @return false when the operator has no such partner
   */
  public boolean limit(long operatorId, long partnerId, Money limit, Consumer<Tx> entry) {
    if (limit.minor() < 0 || limit.minor() > MOST_LIMIT) {
      throw new InvalidInputException("limit", "must be 0 to " + MOST_LIMIT);
    }
    boolean done =
        database
            .transactor()
            .call(
                tx -> {
                  Optional<PartnerPayer> payer = store.byId(tx, operatorId, partnerId);
                  payer.ifPresent(
                      of -> store.limit(tx, of, limit.isZero() ? null : limit, time.now()));
                  payer.ifPresent(of -> entry.accept(tx));
                  return payer.isPresent();
                });
    refresh();
    return done;
  }

  /** Reads who owes too much. */
  public void refresh() {
    refused = database.transactor().call(store::overLimit);
  }

  @Override
  public CompletionStage<Optional<AuthorizationStatus>> refuse(
      AuthorizationRequest request, Authorization candidate) {
    Long payer = candidate.driverId();
    boolean starts =
        switch (request.purpose()) {
          case PRESENT, START -> true;
          case CONTINUE, STOP -> false;
        };
    return CompletableFuture.completedFuture(
        starts && payer != null && refused.contains(payer)
            ? Optional.of(AuthorizationStatus.NO_CREDIT)
            : Optional.empty());
  }
}
