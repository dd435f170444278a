package org.ampay.charging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.ampay.access.Authorizer;
import org.ampay.base.Mailbox;
import org.ampay.cluster.LiveBus;
import org.ampay.station.StationInfo;
import org.ampay.store.GroupCommit;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.TariffBook;
import org.ampay.tariff.TariffSnapshots;

/**
 * The core: every station has one owner with a bounded mailbox; its decisions are committed in
 * groups with those of others; answers go out after the commit.
 */
public final class Sessions implements SessionPort, AutoCloseable {

  /** Who decides about tokens, prices and reservations. */
  public record Judges(
      Authorizer authorizer, TariffBook tariffs, TariffSnapshots snapshots, StartGuard guard) {}

  /** Where sessions are kept. */
  public record Storage(
      SessionStore store,
      Transactor transactor,
      GroupCommit.Settings commit,
      GroupCommit.Environment environment,
      Numbers numbers) {}

  /**
   * What runs it.
   *
   * @param decisions runs the owners; what it runs never blocks, but when ids run out
   * @param io runs look-ups; they block
   */
  public record Engine(Executor decisions, Executor io, LiveBus live, MeterRegistry meters) {}

  /** What drivers see, and who looks after what they want. */
  public record Drivers(CostDisplays displays, List<SessionWatch> watches) {
    public Drivers {
      watches = List.copyOf(watches);
    }
  }

  /** What every owner shares. */
  record Shared(
      Batcher<StationInfo, StationState> states,
      Batcher<Loader.Lookup, Optional<Session>> lookups,
      Batcher<Loader.Whole, Optional<Session>> wholes,
      Batcher<Decision, Optional<Outcome>> repeats,
      Admissions admissions,
      GroupCommit<Decision, Outcome> commit,
      Storage storage,
      SessionSettings settings,
      CostDisplays costDisplays,
      List<SessionWatch> watches,
      Engine engine,
      SessionMeters meters) {}

  private final Map<Long, StationOwner> owners = new ConcurrentHashMap<>();
  private final Shared shared;

  public Sessions(
      Judges judges, Storage storage, Engine engine, SessionSettings settings, Drivers drivers) {
    GroupCommit<Decision, Outcome> commit =
        new GroupCommit<>(
            storage.commit(),
            storage.transactor(),
            new StoreWriter(storage.store()),
            storage.environment());
    int batch = settings.loadBatch();
    Loader loader = new Loader(storage, judges.snapshots(), settings.priceBound());
    this.shared =
        new Shared(
            new Batcher<>(engine.io(), batch, loader::states),
            new Batcher<>(engine.io(), batch, loader::sessions),
            new Batcher<>(engine.io(), batch, loader::wholes),
            new Batcher<>(engine.io(), batch, loader::repeats),
            new Admissions(
                judges.authorizer(),
                judges.tariffs(),
                judges.snapshots(),
                judges.guard(),
                engine.io()),
            commit,
            storage,
            settings,
            drivers.displays(),
            drivers.watches(),
            engine,
            new SessionMeters(engine.meters()));
    Gauge.builder("ampay.station.owners", owners, Map::size).register(engine.meters());
  }

  @Override
  public CompletionStage<SessionReply> submit(Report report) {
    Report exact = exact(report);
    CompletableFuture<SessionReply> answer = new CompletableFuture<>();
    StationOwner.Message message = new StationOwner.Message(exact, answer);
    while (true) {
      StationOwner owner =
          owners.computeIfAbsent(report.station().id(), id -> new StationOwner(shared));
      Mailbox.Offer offer = owner.offer(message);
      switch (offer) {
        case ACCEPTED -> {
          return answer;
        }
        case FULL -> {
          shared.meters().full();
          return CompletableFuture.completedStage(
              new SessionReply.Unavailable("too many messages wait"));
        }
        case CLOSED -> owners.remove(report.station().id(), owner);
      }
    }
  }

  /**
   * Forgets owners that have heard nothing for long; to be called now and then.
   *
   * @return how many were forgotten
   */
  public int evictIdle(Instant now) {
    int evicted = 0;
    for (Map.Entry<Long, StationOwner> entry : owners.entrySet()) {
      if (entry.getValue().closeIfIdle(now.minus(shared.settings().idle()))) {
        owners.remove(entry.getKey(), entry.getValue());
        evicted++;
      }
    }
    return evicted;
  }

  /** Refuses new decisions; those that wait are still committed. */
  @Override
  public void close() {
    shared.commit().close();
  }

  /** Completed when, after {@link #close}, everything is committed. */
  public CompletionStage<Void> drained() {
    return shared.commit().drained();
  }

  private static Report exact(Report report) {
    boolean exact =
        Millis.isExact(report.command())
            && Millis.of(report.receivedAt()).equals(report.receivedAt());
    return exact
        ? report
        : new Report(
            report.station(),
            report.protocol(),
            Millis.of(report.command()),
            report.frame(),
            Millis.of(report.receivedAt()));
  }

  /** The store as the group commit sees it. */
  private record StoreWriter(SessionStore store) implements GroupCommit.Writer<Decision, Outcome> {

    @Override
    public List<Outcome> write(Tx tx, List<Decision> decisions) {
      return store.write(tx, decisions);
    }

    @Override
    public Optional<Outcome> find(Tx tx, Decision decision) {
      return store.written(tx, decision);
    }
  }
}
