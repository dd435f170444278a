package org.ampay.billing.share;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongBiFunction;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.BillWatch;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Payees, and the contracts by which they share in bills; remembered for a short while. A contract
 * begins and ends later than every node's memory lasts, so that all of them share a bill alike.
 *
 * <p>The shares of a bill are fixed in the commit that brings it: later contracts, fees and moves
 * of stations change nothing of it.
 */
public final class Contracts implements Shares, BillWatch {

  /** How far ahead a contract begins or ends at least. */
  public static final Duration NOTICE = Duration.ofMinutes(2);

  private static final Duration MEMORY = Duration.ofSeconds(30);
  private static final int MAX_OPERATORS = 10_000;
  private static final int MAX_CONTRACTS = 10_000;

  private final Transactor transactor;
  private final IdSource ids;
  private final TimeSource time;
  private final ToLongBiFunction<Tx, Bill> fees;
  private final Cache<Long, List<RevenueContract>> known;

  /**
   * @param fees the platform's fee of a whole bill
   */
  public Contracts(
      Transactor transactor, IdSource ids, TimeSource time, ToLongBiFunction<Tx, Bill> fees) {
    this.transactor = transactor;
    this.ids = ids;
    this.time = time;
    this.fees = fees;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MAX_OPERATORS)
            .ticker(time::nanos)
            .expireAfterWrite(MEMORY)
            .build();
  }

  /** Sees what is stored, in its transaction. */
  @FunctionalInterface
  public interface Witness<T> {
    void stored(Tx tx, T what);
  }

  // ---- payees ----

  /** Adds a payee. */
  public Payee addPayee(long operatorId, String name, Payee.Kind kind, Witness<Payee> witness) {
    Payee payee = new Payee(ids.next(), operatorId, name, kind, true, now());
    transactor.run(
        tx -> {
          ShareStore.insert(tx, payee);
          witness.stored(tx, payee);
        });
    return payee;
  }

  /** Changes a payee; empty: there is none. */
  public Optional<Payee> changePayee(Payee changed, Witness<Payee> witness) {
    return transactor.call(
        tx -> {
          if (ShareStore.payee(tx, changed.operatorId(), changed.id()).isEmpty()) {
            return Optional.empty();
          }
          ShareStore.update(tx, changed);
          witness.stored(tx, changed);
          return Optional.of(changed);
        });
  }

  /**
   * A payee.
   *
   * @param operatorId null: of any operator
   */
  public Optional<Payee> payee(@Nullable Long operatorId, long id) {
    return transactor.call(tx -> ShareStore.payee(tx, operatorId, id));
  }

  /** Payees with a smaller id, the newest first. */
  public List<Payee> payees(@Nullable Long operatorId, long beforeId, int limit) {
    return transactor.call(tx -> ShareStore.payees(tx, operatorId, beforeId, limit));
  }

  // ---- contracts ----

  /**
   * A contract to be.
   *
   * @param from null: as soon as can be; else at least {@link #NOTICE} ahead
   * @param until exclusive; null: until it is ended
   */
  public record Draft(
      long operatorId,
      RevenueContract.Scope scope,
      String name,
      String currency,
      @Nullable Instant from,
      @Nullable Instant until,
      List<ShareRule> rules,
      String by) {}

  /**
   * Adds a contract.
   *
   * @throws ContractException when it cannot be: its shares exceed 100 %, a payee is not known, it
   *     overlaps another one of the same scope, it begins too early
   */
  public RevenueContract add(Draft draft, Witness<RevenueContract> witness) {
    Instant first = now().plus(NOTICE).truncatedTo(ChronoUnit.SECONDS);
    Instant from = draft.from() == null ? first : draft.from().truncatedTo(ChronoUnit.SECONDS);
    if (from.isBefore(first)) {
      throw new ContractException(
          "valid_from", "at least " + NOTICE.toMinutes() + " minutes ahead");
    }
    RevenueContract contract =
        new RevenueContract(
            ids.next(),
            draft.operatorId(),
            draft.scope(),
            draft.name(),
            draft.currency(),
            from,
            draft.until() == null ? null : draft.until().truncatedTo(ChronoUnit.SECONDS),
            draft.rules(),
            draft.by(),
            now());
    if (from.equals(contract.validUntil())) {
      throw new ContractException("valid_until", "after valid_from");
    }
    transactor.run(
        tx -> {
          ShareStore.lockOperator(tx, draft.operatorId());
          check(tx, contract);
          ShareStore.insert(tx, contract);
          witness.stored(tx, contract);
        });
    return contract;
  }

  private static void check(Tx tx, RevenueContract contract) {
    long operator = contract.operatorId();
    Long site = contract.scope().siteId();
    Long station = contract.scope().stationId();
    if (site != null && !ShareStore.hasSite(tx, operator, site)) {
      throw new ContractException("site", "there is no such site");
    }
    if (station != null && !ShareStore.hasStation(tx, operator, station)) {
      throw new ContractException("station", "there is no such station");
    }
    for (ShareRule rule : contract.rules()) {
      Optional<Payee> payee = ShareStore.payee(tx, operator, rule.payeeId());
      if (payee.isEmpty() || !payee.get().active()) {
        throw new ContractException("payee", "there is no such active payee: " + rule.payeeId());
      }
    }
    List<RevenueContract> all = ShareStore.contracts(tx, operator, Long.MAX_VALUE, MAX_CONTRACTS);
    if (all.size() == MAX_CONTRACTS) {
      throw new ContractException("name", "an operator has at most " + MAX_CONTRACTS);
    }
    all.stream()
        .filter(other -> other.scope().equals(contract.scope()))
        .filter(other -> other.currency().equals(contract.currency()))
        .filter(other -> other.overlaps(contract.validFrom(), contract.validUntil()))
        .findFirst()
        .ifPresent(
            other -> {
              throw new ContractException(
                  "valid_from", "overlaps contract " + other.id() + " (" + other.name() + ")");
            });
  }

  /**
   * Ends a contract.
   *
   * @param until null: as soon as can be; a contract that has not begun by then never does
   * @throws ContractException when that is too early, or later than it ends anyhow
   */
  public Optional<RevenueContract> end(
      @Nullable Long operatorId,
      long id,
      @Nullable Instant until,
      Witness<RevenueContract> witness) {
    Instant first = now().plus(NOTICE).truncatedTo(ChronoUnit.SECONDS);
    Instant wanted = until == null ? first : until.truncatedTo(ChronoUnit.SECONDS);
    if (wanted.isBefore(first)) {
      throw new ContractException(
          "valid_until", "at least " + NOTICE.toMinutes() + " minutes ahead");
    }
    return transactor.call(
        tx -> {
          Optional<RevenueContract> found = ShareStore.contract(tx, operatorId, id);
          if (found.isEmpty()) {
            return found;
          }
          ShareStore.lockOperator(tx, found.get().operatorId());
          RevenueContract contract = ShareStore.contract(tx, operatorId, id).orElseThrow();
          Instant end = contract.validFrom().isAfter(wanted) ? contract.validFrom() : wanted;
          Instant ends = contract.validUntil();
          if (ends != null && end.isAfter(ends)) {
            throw new ContractException("valid_until", "it ends before, at " + ends);
          }
          ShareStore.end(tx, contract, end);
          RevenueContract ended = ShareStore.contract(tx, operatorId, id).orElseThrow();
          witness.stored(tx, ended);
          return Optional.of(ended);
        });
  }

  /**
   * A contract.
   *
   * @param operatorId null: of any operator
   */
  public Optional<RevenueContract> contract(@Nullable Long operatorId, long id) {
    return transactor.call(tx -> ShareStore.contract(tx, operatorId, id));
  }

  /** Contracts with a smaller id, the newest first. */
  public List<RevenueContract> contracts(@Nullable Long operatorId, long beforeId, int limit) {
    return transactor.call(tx -> ShareStore.contracts(tx, operatorId, beforeId, limit));
  }

  // ---- shares ----

  /** Fixes the shares of new charges. */
  @Override
  public void made(Tx tx, List<Bill> bills) {
    List<Bill> shared =
        bills.stream()
            .filter(bill -> bill.kind() == Bill.Kind.CHARGE && bill.excl().isPositive())
            .filter(bill -> !ofOperator(tx, bill.operatorId()).isEmpty())
            .toList();
    if (shared.isEmpty()) {
      return;
    }
    Set<Long> stations = new HashSet<>();
    shared.forEach(bill -> stations.add(bill.session().stationId()));
    Map<Long, Long> sites = ShareStore.sites(tx, stations);
    List<BillShare> shares = new ArrayList<>();
    for (Bill bill : shared) {
      inForce(tx, bill, sites.get(bill.session().stationId()))
          .ifPresent(contract -> shares.addAll(contract.of(bill, fees.applyAsLong(tx, bill))));
    }
    if (!shares.isEmpty()) {
      ShareStore.insert(tx, shares);
    }
  }

  private Optional<RevenueContract> inForce(Tx tx, Bill bill, @Nullable Long site) {
    return ofOperator(tx, bill.operatorId()).stream()
        .filter(contract -> contract.currency().equals(bill.excl().currency()))
        .filter(contract -> contract.isInForce(bill.createdAt()))
        .filter(contract -> contract.scope().covers(bill.session().stationId(), site))
        .max(Comparator.comparingInt(contract -> contract.scope().rank()));
  }

  @Override
  public Map<Long, List<BillShare>> of(Tx tx, Collection<Bill> bills) {
    Set<Long> wanted =
        bills.stream()
            .filter(bill -> !ofOperator(tx, bill.operatorId()).isEmpty())
            .map(Bill::id)
            .collect(Collectors.toSet());
    return wanted.isEmpty() ? Map.of() : ShareStore.ofBills(tx, wanted);
  }

  /** The shares of a bill, for people. */
  public List<BillShare> ofBill(long billId) {
    return transactor.call(
        tx -> ShareStore.ofBills(tx, List.of(billId)).getOrDefault(billId, List.of()));
  }

  private List<RevenueContract> ofOperator(Tx tx, long operatorId) {
    List<RevenueContract> contracts = known.getIfPresent(operatorId);
    if (contracts == null) {
      contracts = ShareStore.contracts(tx, operatorId, Long.MAX_VALUE, MAX_CONTRACTS);
      known.put(operatorId, contracts);
    }
    return contracts;
  }

  private Instant now() {
    return time.now();
  }
}
