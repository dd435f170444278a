package org.ampay.billing.promotion;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ampay.base.TimeSource;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * What is live of each operator, in memory: an operator without promotions costs a start and a bill
 * nothing. A write on this node is seen when it returns; others follow with {@link #refresh}, cheap
 * while nothing has changed.
 */
public final class PromotionBook {

  /** How long after its end a coupon's claims may still be used: those given back live longer. */
  static final Duration AFTERLIFE = Duration.ofDays(60);

  /** What ends by time is dropped from memory so often. */
  private static final Duration STALE = Duration.ofMinutes(10);

  private final Transactor transactor;
  private final DefinitionStore store = new DefinitionStore();
  private final ChangeCounter counter;
  private final TimeSource time;
  private volatile long version = -1;
  private volatile Instant readAt = Instant.EPOCH;
  private volatile Map<Long, Live> live = Map.of();

  public PromotionBook(Database database, TimeSource time) {
    this.transactor = database.transactor();
    this.counter = new ChangeCounter(database, DefinitionStore.COUNTER);
    this.time = time;
  }

  /**
   * What an operator has.
   *
   * @param tiers active ones, by id
   * @param coupons of which claims may be used, by id
   * @param campaigns active ones, in the order of their ids
   */
  record Live(
      Map<Long, Tier> tiers,
      Map<Long, Coupon> coupons,
      List<Campaign> campaigns,
      @Nullable PointsProgramme programme) {

    boolean ruled() {
      return tiers.values().stream().anyMatch(tier -> tier.spec().rule() != null);
    }

    /** Whether something follows from each bill, whatever its session was promised. */
    boolean followsBills() {
      return programme != null || ruled();
    }
  }

  /** Null when nothing is live of the operator. */
  @Nullable Live of(long operatorId) {
    return live.get(operatorId);
  }

  Map<Long, Live> all() {
    return live;
  }

  /** Takes over what was changed. */
  public synchronized void refresh() {
    long now = counter.version();
    if (now != version || readAt.plus(STALE).isBefore(time.now())) {
      live = transactor.call(this::read);
      version = now;
      readAt = time.now();
    }
  }

  /** A change of definitions; what is in memory has seen it when this returns. */
  <R> R write(Function<Tx, R> work) {
    R result =
        transactor.call(
            tx -> {
              store.changed(tx);
              return work.apply(tx);
            });
    refresh();
    return result;
  }

  private Map<Long, Live> read(Tx tx) {
    Map<Long, Parts> parts = new HashMap<>();
    Instant now = time.now();
    store.activeTiers(tx).forEach(t -> of(parts, t.operatorId()).tiers.put(t.id(), t));
    store
        .usableCoupons(tx, now.minus(AFTERLIFE))
        .forEach(c -> of(parts, c.operatorId()).coupons.put(c.id(), c));
    store.activeCampaigns(tx, now).forEach(c -> of(parts, c.operatorId()).campaigns.add(c));
    store.programmes(tx).stream()
        .filter(PointsProgramme::active)
        .forEach(p -> of(parts, p.operatorId()).programme = p);
    Map<Long, Live> read = new HashMap<>();
    parts.forEach((operator, of) -> read.put(operator, of.live()));
    return Map.copyOf(read);
  }

  private static Parts of(Map<Long, Parts> parts, long operatorId) {
    return parts.computeIfAbsent(operatorId, id -> new Parts());
  }

  /** Gathers what belongs to an operator. */
  private static final class Parts {
    final Map<Long, Tier> tiers = new HashMap<>();
    final Map<Long, Coupon> coupons = new HashMap<>();
    final List<Campaign> campaigns = new java.util.ArrayList<>();
    @Nullable PointsProgramme programme;

    Live live() {
      return new Live(Map.copyOf(tiers), Map.copyOf(coupons), List.copyOf(campaigns), programme);
    }
  }
}
