package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Energy;
import org.ampay.base.TimeSource;
import org.ampay.charging.OrderLimitStore.Row;
import org.ampay.station.Protocol;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions at what their drivers ordered. Every reading is checked, from memory, and between
 * readings the sessions are looked at by {@link #tick}: energy is taken to go on as it flowed, and
 * a session is stopped as soon as waiting for the next look and for the station would exceed the
 * limit (the rule for holds: accrued + power × price × (gap + stop latency)).
 *
 * <p>The station is asked once; again, with growing pauses, where it refused, was away, or said yes
 * and goes on. What was decided is kept with the session, so that a restart goes on with it.
 */
public final class LimitWatch implements SessionWatch {

  /**
   * Patience.
   *
   * @param gap between two ticks
   * @param latency from the order to stop until the energy stops
   * @param retry pause before a station is asked again, doubled each time
   * @param patience how long a station that said yes may take
   */
  public record Settings(Duration gap, Duration latency, Duration retry, Duration patience) {

    /** 5 s, 5 s, 10 s, 60 s. */
    public static final Settings DEFAULT =
        new Settings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));
  }

  /** What it stands on. */
  public record Ground(
      OrderLimitStore store, Transactor transactor, AuditLog audit, TimeSource time, Executor io) {}

  private static final Logger LOG = LoggerFactory.getLogger(LimitWatch.class);
  private static final Runnable NOTHING = () -> {};
  private static final int MAX_TRIES = 20;
  private static final int MAX_DOUBLINGS = 5;

  private final Ground on;
  private final Settings settings;
  private final Map<Long, LimitedSession> sessions = new ConcurrentHashMap<>();
  private volatile Set<Long> stations = Set.of();
  private volatile StationStops stops =
      (station, transaction) -> CompletableFuture.completedStage(StationStops.Answer.AWAY);

  public LimitWatch(Ground on, Settings settings) {
    this.on = on;
    this.settings = settings;
  }

  /** From now on stations can be reached. */
  public void stopBy(StationStops way) {
    stops = way;
  }

  @Override
  public boolean wants(long stationId) {
    return stations.contains(stationId);
  }

  /**
   * A person or key orders limits for a session that runs. Blocks.
   *
   * @param limits empty: none any more
   */
  public void set(OrderLimitStore.Place place, OrderLimits limits, String actor) {
    Instant now = on.time().now();
    on.transactor()
        .run(
            tx -> {
              on.store().set(tx, place, limits, actor, now);
              on.audit()
                  .append(
                      tx,
                      AuditEntry.of(
                              place.operatorId(),
                              actor,
                              "session.limits",
                              "session:" + place.sessionId())
                          .with("amount", String.valueOf(limits.amount()))
                          .with("energy", String.valueOf(limits.energy()))
                          .with("time", String.valueOf(limits.time()))
                          .with("soc", String.valueOf(limits.socPercent())));
            });
    if (limits.isEmpty()) {
      sessions.remove(place.sessionId());
    } else {
      on.store().find(place.sessionId()).ifPresent(this::renew);
    }
    picture();
  }

  /** The limits of a session and what became of them. Blocks. */
  public Optional<Row> find(long sessionId) {
    return on.store().find(sessionId);
  }

  /** Reads again which running sessions have limits: after a start, and now and then. Blocks. */
  public void refresh() {
    for (Row row : on.store().running()) {
      if (!sessions.containsKey(row.sessionId())) {
        adopt(row);
      }
    }
    picture();
  }

  /** Watches limits anew, unless they are the ones that are watched. */
  private void renew(Row row) {
    LimitedSession watched = sessions.get(row.sessionId());
    if (watched == null || !watched.limits().equals(row.limits())) {
      adopt(row);
    }
  }

  private void adopt(Row row) {
    sessions.put(row.sessionId(), new LimitedSession(row));
  }

  private void picture() {
    stations =
        sessions.values().stream().map(LimitedSession::stationId).collect(Collectors.toSet());
  }

  /** Looks at all sessions with limits, whether their stations said anything or not. */
  public void tick(SessionPort port, StationDirectory directory) {
    for (LimitedSession session : sessions.values()) {
      Optional<StationInfo> station = directory.byId(session.stationId());
      if (station.isEmpty()) {
        sessions.remove(session.id());
        continue;
      }
      SessionCommand look = new SessionCommand.Ruling(session.id(), new Rule.Cost());
      port.submit(
          new SessionPort.Report(station.get(), Protocol.OCPP_201, look, "", on.time().now()));
    }
  }

  @Override
  public void after(Glance glance) {
    LimitedSession session = sessions.get(glance.id());
    if (session == null) {
      return;
    }
    if (!glance.open()) {
      sessions.remove(glance.id());
      on.io().execute(this::picture);
      return;
    }
    session.see(glance);
    Runnable first = NOTHING;
    if (!session.decided() && glance.runs()) {
      Optional<OrderLimits.Kind> kind = session.limits().reached(ahead(session, glance));
      if (kind.isPresent()) {
        session.decide();
        Instant now = on.time().now();
        first = () -> reached(session, kind.get(), now);
      }
    }
    if (session.decided() && session.due(on.time().now())) {
      ask(session, glance.station(), glance.transactionId(), first);
    } else if (first != NOTHING) {
      on.io().execute(first);
    }
  }

  /** What the session will be when a stop that is sent at the next look takes effect. */
  private OrderLimits.Ahead ahead(LimitedSession session, Glance glance) {
    Instant now = on.time().now();
    Instant ours = now.plus(settings.gap()).plus(settings.latency());
    Energy more = session.flow(glance, ours);
    Instant stopped = session.there(now.plus(settings.latency()));
    return new OrderLimits.Ahead(
        Duration.between(glance.begunAt(), stopped),
        glance.delivered().plus(more),
        session.limits().amount() == null
            ? Optional.empty()
            : glance.cost(session.there(ours), more),
        session.soc());
  }

  /** Stored before the station is asked; a database that fails does not let it charge on. */
  private void reached(LimitedSession session, OrderLimits.Kind kind, Instant now) {
    try {
      on.transactor().run(tx -> on.store().reached(tx, session.id(), kind, now));
    } catch (RuntimeException e) {
      LOG.warn("that session {} reached its limit is not stored", session.id(), e);
    }
  }

  /**
   * Asks a station to stop.
   *
   * @param first done before
   */
  private void ask(
      LimitedSession session, StationInfo station, String transactionId, Runnable first) {
    int tries = session.asking();
    on.io()
        .execute(
            () -> {
              first.run();
              stops
                  .stop(station, transactionId)
                  .thenAcceptAsync(answer -> answered(session, tries, answer), on.io());
            });
  }

  private void answered(LimitedSession session, int tries, StationStops.Answer answer) {
    Instant now = on.time().now();
    Duration pause =
        answer == StationStops.Answer.ACCEPTED
            ? settings.patience()
            : settings.retry().multipliedBy(1L << Math.min(tries - 1, MAX_DOUBLINGS));
    session.answered(tries < MAX_TRIES ? now.plus(pause) : null);
    on.store().answered(session.id(), tries, answer, now);
  }

  /** For tests: the limits that are watched. */
  int watched() {
    return sessions.size();
  }

  static @Nullable Integer percent(@Nullable Integer socMilli) {
    return socMilli == null ? null : socMilli / 1000;
  }
}
