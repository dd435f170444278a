package org.ampay.ocpi.push;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Tells partners what is new. That a partner is to learn of an object is a row in the database, one
 * an object, however often it changes; what is sent is its state at that moment. Each partner has a
 * {@link PushLane} of its own, so none waits for another. Of several nodes, one sends to a partner:
 * another takes over when its lease ends, and what was on its way is sent again.
 */
public final class PushQueue implements Pushes {

  private final Map<Long, PushLane> lanes = new ConcurrentHashMap<>();
  private final Map<PushKind, PushSource> sources = new EnumMap<>(PushKind.class);
  private final PushStore store;
  private final Environment on;
  private volatile boolean open;

  /**
   * What it works with.
   *
   * @param node a name that no other process has, nor had in the time of a lease
   * @param executor a virtual thread a task
   */
  public record Parts(
      String node,
      Partners partners,
      PartnerClient client,
      TimeSource time,
      Executor executor,
      RandomGenerator random,
      PushSettings settings) {}

  /** What lanes work with. */
  record Environment(Parts parts, Transactor transactor, Map<PushKind, PushSource> sources) {

    PushSource source(PushKind kind) {
      PushSource source = sources.get(kind);
      if (source == null) {
        throw new IllegalStateException("nobody makes a " + kind.code());
      }
      return source;
    }

    String node() {
      return parts.node();
    }

    Partners partners() {
      return parts.partners();
    }

    PartnerClient client() {
      return parts.client();
    }

    TimeSource time() {
      return parts.time();
    }

    Executor executor() {
      return parts.executor();
    }

    RandomGenerator random() {
      return parts.random();
    }

    PushSettings settings() {
      return parts.settings();
    }
  }

  /** A queue that only gathers until {@link #start}. */
  public PushQueue(Database database, Parts parts) {
    this.store = new PushStore(database);
    this.on = new Environment(parts, database.transactor(), sources);
  }

  /** Sends from now on. Once. */
  public void start(Collection<PushSource> all) {
    all.forEach(source -> sources.put(source.kind(), source));
    open = true;
    tick();
  }

  @Override
  public void wanted(Tx tx, long partnerId, PushKind kind, String key) {
    store.wanted(tx, partnerId, kind, List.of(key), on.time().now());
    tx.afterCommit(() -> look(partnerId));
  }

  @Override
  public void wanted(Collection<Long> partnerIds, PushKind kind, Collection<String> keys) {
    Instant now = on.time().now();
    List<Long> sorted = partnerIds.stream().distinct().sorted().toList();
    on.transactor()
        .run(tx -> sorted.forEach(partner -> store.wanted(tx, partner, kind, keys, now)));
    sorted.forEach(this::look);
  }

  /** Looks for what is due by time and what other nodes brought. To be called every second. */
  public void tick() {
    on.partners().registered().forEach(partner -> look(partner.id()));
  }

  private void look(long partnerId) {
    if (open) {
      lanes.computeIfAbsent(partnerId, id -> new PushLane(id, on, store)).look();
    }
  }

  /** Forgets what was taken long ago. Blocks. */
  public void sweep() {
    boolean more = true;
    while (more) {
      more = store.sweep(on.time().now().minus(on.settings().kept()));
    }
  }

  /** Begins no more calls, and leaves the partners to other nodes. */
  public void close() {
    open = false;
    lanes.values().forEach(PushLane::close);
    on.transactor().run(tx -> store.release(tx, on.node()));
  }

  /** How the queue of a partner is. Blocks. */
  public PushSummary summary(Partner partner) {
    return store.summary(partner.id(), List.of(PushState.Stand.values()));
  }

  /** What of a partner's queue waits or was given up; quick. Blocks. */
  public PushSummary open(Partner partner) {
    return store.summary(partner.id(), List.of(PushState.Stand.WAITING, PushState.Stand.GIVEN_UP));
  }

  /**
   * What a partner has of what, by kind and key. Blocks.
   *
   * @param state null: any
   * @param after {@link PushState#name} of what the last page ended with; empty: the first page
   */
  public List<PushState> states(
      Partner partner, PushState.@Nullable Stand state, String after, int limit) {
    int space = after.indexOf(' ');
    return space < 0
        ? store.list(partner.id(), state, "", "", limit)
        : store.list(
            partner.id(), state, after.substring(0, space), after.substring(space + 1), limit);
  }

  /**
   * Has what failed at a partner sent again at once. Blocks.
   *
   * @param kind null: any
   * @param key null: any
   * @param alongside what is written with it, for example an audit entry
   * @return how many objects
   */
  public int retry(
      Partner partner, @Nullable PushKind kind, @Nullable String key, Consumer<Tx> alongside) {
    int count =
        on.transactor()
            .call(
                tx -> {
                  int waiting = store.retry(tx, partner.id(), kind, key, on.time().now());
                  alongside.accept(tx);
                  return waiting;
                });
    look(partner.id());
    return count;
  }
}
