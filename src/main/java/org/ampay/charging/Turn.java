package org.ampay.charging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.ampay.charging.SessionPort.Report;
import org.ampay.charging.SessionStore.QuarantinedFrame;
import org.ampay.charging.Write.Fact;
import org.ampay.charging.Write.Kind;
import org.ampay.cluster.LiveEvent;
import org.ampay.station.EvseRef;
import org.ampay.station.StationInfo;
import org.ampay.store.CommitResult;
import org.ampay.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message's way through its owner: load what is missing, close a session whose stop was lost,
 * ask about the token, decide, commit, answer. Most steps are done at once, without a thread
 * change; those that must wait for the database are grouped with those of other stations.
 */
final class Turn {

  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
  private static final CompletionStage<Boolean> DONE = CompletableFuture.completedStage(true);
  private static final int MAX_REASON = 1000;
  private static final String NEXT_START = "next start on the connector";

  private final StationOwner owner;
  private final Sessions.Shared shared;
  private final Report report;
  private Optional<Session> known = Optional.empty();
  private Admission admission = new Admission.NotAsked();
  private boolean decidedTwice;

  /** The group commit has told of it with its trace. */
  private boolean causeIsLogged;

  Turn(StationOwner owner, Sessions.Shared shared, Report report) {
    this.owner = owner;
    this.shared = shared;
    this.report = report;
  }

  /** Never fails: what goes wrong becomes an answer. */
  CompletionStage<SessionReply> run() {
    try {
      return load()
          .thenCompose(done -> lookUp(false))
          .thenCompose(done -> closeLost())
          .thenCompose(done -> admit())
          .thenCompose(done -> decide())
          .exceptionallyCompose(this::failed)
          .exceptionally(this::unavailable);
    } catch (RuntimeException e) {
      return failed(e).exceptionally(this::unavailable);
    }
  }

  private CompletionStage<Boolean> load() {
    if (owner.state() != null) {
      return DONE;
    }
    return shared
        .states()
        .get(report.station())
        .thenApply(
            loaded -> {
              owner.become(loaded);
              return true;
            });
  }

  /** A session that is not in memory is looked up, but for starts: those are mostly new. */
  private CompletionStage<Boolean> lookUp(boolean startsToo) {
    if (report.command() instanceof SessionCommand.Ruling(long sessionId, Rule _)) {
      return whole(sessionId);
    }
    Optional<String> transactionId = transactionId(startsToo);
    if (transactionId.isEmpty() || state().transaction(transactionId.get()).isPresent()) {
      return DONE;
    }
    return shared
        .lookups()
        .get(new Loader.Lookup(report.station(), transactionId.get()))
        .thenApply(
            found -> {
              known = found;
              return true;
            });
  }

  /** Of a session that is over not all is remembered. */
  private CompletionStage<Boolean> whole(long sessionId) {
    if (state().session(sessionId).filter(Session::open).isPresent()) {
      return DONE;
    }
    return shared
        .wholes()
        .get(new Loader.Whole(report.station(), sessionId))
        .thenApply(
            found -> {
              known = found;
              return true;
            });
  }

  private Optional<String> transactionId(boolean startsToo) {
    return switch (report.command()) {
      case SessionCommand.Start start -> Optional.empty();
      case SessionCommand.Stop stop -> Optional.of(stop.transactionId());
      case SessionCommand.Readings readings -> readings.transactionId();
      case SessionCommand.Event event ->
          event.type() == SessionCommand.EventType.STARTED && !startsToo
              ? Optional.empty()
              : Optional.of(event.transactionId());
      case SessionCommand.ConnectorState state -> Optional.empty();
      case SessionCommand.Ruling ruling -> Optional.empty();
    };
  }

  /**
   * A start where another session runs: that one's stop was lost. Closed by a decision of its own
   * before the guard is asked, else the lost session would count against the new one.
   */
  private CompletionStage<Boolean> closeLost() {
    Optional<Fact> start = startOnOccupied();
    if (start.isEmpty()) {
      return DONE;
    }
    Decision probe =
        new Decision(state(), new SessionReply.Stored(), List.of(start.get()), List.of());
    return shared
        .repeats()
        .get(probe)
        .thenCompose(earlier -> earlier.isPresent() ? DONE : commitLost());
  }

  private Optional<Fact> startOnOccupied() {
    StationInfo station = report.station();
    return switch (report.command()) {
      case SessionCommand.Start start -> {
        byte[] key = FactKeys.session(station.id(), start);
        boolean repeat = state().keyed(key).isPresent();
        yield !repeat && occupied(start.evse()).filter(s -> isOlder(s, start.at())).isPresent()
            ? Optional.of(new Fact(FactKeys.start(station.id(), start, key), Kind.START, 0, null))
            : Optional.empty();
      }
      case SessionCommand.Event event -> {
        EvseRef evse = event.evse();
        boolean begins =
            evse != null
                && event.type() == SessionCommand.EventType.STARTED
                && state().transaction(event.transactionId()).isEmpty();
        yield begins && occupied(evse).filter(s -> isOlder(s, event.at())).isPresent()
            ? Optional.of(new Fact(FactKeys.event(station.id(), event), Kind.EVENT, 0, null))
            : Optional.empty();
      }
      case SessionCommand.Stop stop -> Optional.empty();
      case SessionCommand.Readings readings -> Optional.empty();
      case SessionCommand.ConnectorState status -> Optional.empty();
      case SessionCommand.Ruling ruling -> Optional.empty();
    };
  }

  private Optional<Session> occupied(@Nullable EvseRef evse) {
    return evse == null || evse.evseNo() == 0 ? Optional.empty() : state().runningOn(evse);
  }

  /** A start stamped ahead of its receipt tells no order: then the order of receipt counts. */
  private static boolean isOlder(Session session, Instant at) {
    Session.Begin begin = session.begin();
    return begin.at().isBefore(at) || !MeterSanity.clock(begin.at(), begin.receivedAt()).isEmpty();
  }

  private CompletionStage<Boolean> commitLost() {
    EvseRef evse =
        switch (report.command()) {
          case SessionCommand.Start start -> start.evse();
          case SessionCommand.Event event -> event.evse();
          case SessionCommand.Stop stop -> null;
          case SessionCommand.Readings readings -> null;
          case SessionCommand.ConnectorState status -> null;
          case SessionCommand.Ruling ruling -> null;
        };
    Optional<Session> lost = occupied(evse);
    if (lost.isEmpty()) {
      return DONE;
    }
    Decision decision = Decider.lost(state(), lost.get(), NEXT_START, context());
    return shared
        .commit()
        .submit(decision)
        .thenApply(
            result ->
                switch (result) {
                  case CommitResult.Committed<Outcome> committed -> {
                    stored(decision);
                    yield true;
                  }
                  case CommitResult.Refused<Outcome> refused ->
                      throw new StoreException.Unavailable(refused.reason(), null);
                  case CommitResult.Failed<Outcome> failed ->
                      throw new CompletionException(failed.cause());
                });
  }

  private CompletionStage<Boolean> admit() {
    Optional<Session> session =
        switch (report.command()) {
          case SessionCommand.Event event -> session(event.transactionId());
          case SessionCommand.Stop stop -> session(stop.transactionId());
          case SessionCommand.Start start -> Optional.empty();
          case SessionCommand.Readings readings -> Optional.empty();
          case SessionCommand.ConnectorState status -> Optional.empty();
          case SessionCommand.Ruling ruling -> Optional.empty();
        };
    return shared
        .admissions()
        .admit(state(), report, session)
        .thenApply(
            verdict -> {
              admission = verdict;
              return true;
            });
  }

  private Optional<Session> session(String transactionId) {
    return state().transaction(transactionId).or(() -> known);
  }

  private CompletionStage<SessionReply> decide() {
    Decision decision = Decider.decide(state(), report.command(), context());
    if (decision.writes().isEmpty()) {
      became(decision);
      return CompletableFuture.completedStage(decision.reply());
    }
    return shared.commit().submit(decision).thenCompose(result -> settle(decision, result));
  }

  private CompletionStage<SessionReply> settle(Decision decision, CommitResult<Outcome> result) {
    return switch (result) {
      case CommitResult.Committed<Outcome> committed -> settled(decision, committed.result());
      case CommitResult.Refused<Outcome> refused ->
          CompletableFuture.completedStage(unavailable(refused.reason()));
      case CommitResult.Failed<Outcome> failed -> {
        causeIsLogged = true;
        yield CompletableFuture.failedStage(failed.cause());
      }
    };
  }

  private CompletionStage<SessionReply> settled(Decision decision, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Stored stored -> {
        stored(decision);
        yield CompletableFuture.completedStage(decision.reply());
      }
      case Outcome.Duplicate duplicate -> {
        shared.meters().duplicate();
        if (duplicate.doubtful()) {
          owner.doubt();
        }
        yield CompletableFuture.completedStage(Answers.read(duplicate.answer(), report.command()));
      }
      case Outcome.SessionExists exists -> {
        if (decidedTwice) {
          throw new IllegalStateException("a session's key is taken by another transaction");
        }
        decidedTwice = true;
        yield lookUp(true).thenCompose(done -> decide());
      }
    };
  }

  private void became(Decision decision) {
    StationState before = owner.state();
    owner.become(decision.state());
    owner.costs().keep(decision.state());
    for (SessionWatch watch : shared.watches()) {
      if (watch.wants(report.station().id())) {
        show(decision, before, watch);
      }
    }
  }

  private void show(Decision decision, @Nullable StationState before, SessionWatch watch) {
    List<Long> ids =
        report.command() instanceof SessionCommand.Ruling(long sessionId, Rule _)
            ? List.of(sessionId)
            : decision.changed();
    for (long id : ids) {
      Optional<Session> session = decision.state().session(id);
      if (session.isPresent()) {
        boolean begun =
            priced(session.get())
                && (before == null || before.session(id).filter(Turn::priced).isEmpty());
        try {
          watch.after(new Glance(report, session.get(), begun, language(), owner.costs()));
        } catch (RuntimeException e) {
          LOG.error("station {}: a watch failed", report.station().identity(), e);
        }
      }
    }
  }

  private @Nullable String language() {
    return admission.verdict().map(verdict -> verdict.told().language()).orElse(null);
  }

  private static boolean priced(Session session) {
    return session.payer().snapshot() != null;
  }

  private void stored(Decision decision) {
    became(decision);
    shared.meters().stored(decision);
    StationInfo station = report.station();
    for (long sessionId : decision.changed()) {
      shared
          .engine()
          .live()
          .publish(new LiveEvent.SessionChanged(station.operatorId(), station.id(), sessionId));
    }
  }

  private Context context() {
    return new Context(
        report.station(),
        report.protocol(),
        report.receivedAt(),
        shared.storage().numbers(),
        admission,
        known,
        shared.settings().priceBound(),
        shared.costDisplays(),
        owner.costs());
  }

  private StationState state() {
    StationState state = owner.state();
    if (state == null) {
      throw new IllegalStateException("the state is not loaded");
    }
    return state;
  }

  /** Where the database is away nothing was acknowledged; else the frame is put aside. */
  private CompletionStage<SessionReply> failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? cause(e) : failure;
    owner.doubt();
    boolean away =
        cause instanceof StoreException.Unavailable
            || cause instanceof StoreException.CommitUnknown
            || cause instanceof StoreException.Contention
            || cause instanceof RejectedExecutionException
            || isOurs(cause);
    return away
        ? CompletableFuture.completedStage(unavailable(cause))
        : CompletableFuture.supplyAsync(() -> quarantine(cause), shared.engine().io());
  }

  /** A decision of the server or of a person is no fact: whoever made it hears that it failed. */
  private boolean isOurs(Throwable cause) {
    if (!(report.command() instanceof SessionCommand.Ruling)) {
      return false;
    }
    LOG.error("station {}: a ruling failed", report.station().identity(), cause);
    return true;
  }

  private static Throwable cause(CompletionException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  private SessionReply quarantine(Throwable cause) {
    LOG.error(
        "station {}: a report cannot be kept and is put aside: {}",
        report.station().identity(),
        cause.toString(),
        causeIsLogged ? null : cause);
    Numbers numbers = shared.storage().numbers();
    int transactionId =
        report.command() instanceof SessionCommand.Start ? numbers.transaction() : 0;
    String reason = String.valueOf(cause);
    QuarantinedFrame frame =
        new QuarantinedFrame(
            numbers.quarantine().next(),
            report.station().id(),
            report.receivedAt(),
            report.protocol().version(),
            report.frame(),
            reason.substring(0, Math.min(MAX_REASON, reason.length())));
    shared.storage().transactor().run(tx -> shared.storage().store().quarantine(tx, frame));
    shared.meters().quarantined();
    return new SessionReply.Quarantined(transactionId);
  }

  private SessionReply unavailable(Throwable cause) {
    LOG.debug("station {}: not answered: {}", report.station().identity(), cause.toString());
    return unavailable("the database is away");
  }

  private SessionReply unavailable(String reason) {
    shared.meters().unavailable();
    return new SessionReply.Unavailable(reason);
  }
}
