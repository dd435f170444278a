package org.ampay.charging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationRequest.Purpose;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.Authorizer;
import org.ampay.access.IdToken;
import org.ampay.charging.SessionPort.Report;
import org.ampay.station.EvseRef;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.TariffBook;
import org.ampay.tariff.TariffQuery;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;
import org.jspecify.annotations.Nullable;

/** Finds out about a message's token before the decision: authorization, tariff, reservation. */
final class Admissions {

  static final String NO_TARIFF = "no tariff is assigned: nobody can charge here";

  private static final CompletionStage<Admission> NOT_ASKED =
      CompletableFuture.completedStage(new Admission.NotAsked());

  /** Snapshots are few; past this their ids are asked for again. */
  private static final int MAX_CACHED = 10_000;

  private final Authorizer authorizer;
  private final TariffBook tariffs;
  private final TariffSnapshots snapshots;
  private final StartGuard guard;
  private final Executor io;
  private final ConcurrentHashMap<TariffSnapshot, Session.Frozen> frozen =
      new ConcurrentHashMap<>();

  Admissions(
      Authorizer authorizer,
      TariffBook tariffs,
      TariffSnapshots snapshots,
      StartGuard guard,
      Executor io) {
    this.authorizer = authorizer;
    this.tariffs = tariffs;
    this.snapshots = snapshots;
    this.guard = guard;
    this.io = io;
  }

  /** A session that wants to begin. */
  private record Wish(
      Report report,
      byte[] key,
      EvseRef evse,
      IdToken token,
      Instant shownAt,
      Instant startAt,
      Instant startReceived) {}

  /**
   * The verdict on a message's token.
   *
   * @param session the session that the message is about, as far as there is one
   */
  CompletionStage<Admission> admit(StationState state, Report report, Optional<Session> session) {
    long station = report.station().id();
    return switch (report.command()) {
      case SessionCommand.Start start -> {
        byte[] key = FactKeys.session(station, start);
        yield state.keyed(key).isPresent()
            ? NOT_ASKED
            : start(
                new Wish(
                    report,
                    key,
                    start.evse(),
                    start.token(),
                    start.at(),
                    start.at(),
                    report.receivedAt()));
      }
      case SessionCommand.Stop stop -> stop(report, stop, session);
      case SessionCommand.Event event -> event(report, event, session);
      case SessionCommand.Readings readings -> NOT_ASKED;
      case SessionCommand.ConnectorState status -> NOT_ASKED;
      case SessionCommand.Ruling ruling -> NOT_ASKED;
    };
  }

  private CompletionStage<Admission> event(
      Report report, SessionCommand.Event event, Optional<Session> session) {
    if (event.token() == null) {
      return NOT_ASKED;
    }
    Optional<EvseRef> evse = Optional.ofNullable(event.evse()).or(() -> session.map(Session::evse));
    boolean ends = event.type() == SessionCommand.EventType.ENDED;
    boolean runs = session.map(s -> s.authorized() || !s.open()).orElse(false);
    if (ends || runs) {
      return check(report, evse, event.token(), ends ? Purpose.STOP : Purpose.CONTINUE, event.at());
    }
    return start(
        new Wish(
            report,
            FactKeys.session(report.station().id(), event.transactionId()),
            evse.orElseGet(() -> new EvseRef(0, 0)),
            event.token(),
            event.at(),
            session.map(s -> s.begin().at()).orElse(event.at()),
            session.map(s -> s.begin().receivedAt()).orElse(report.receivedAt())));
  }

  /** Who stops what another token began must be of its group (OCPP 1.6, 3.5.3). */
  private CompletionStage<Admission> stop(
      Report report, SessionCommand.Stop stop, Optional<Session> session) {
    Optional<EvseRef> evse = session.map(Session::evse);
    IdToken began = session.map(known -> known.payer().token()).orElse(null);
    CompletionStage<Admission> checked = check(report, evse, stop.token(), Purpose.STOP, stop.at());
    if (stop.token() == null || began == null || began.key().equals(stop.token().key())) {
      return checked;
    }
    return checked.thenCompose(
        stopper ->
            check(report, evse, began, Purpose.STOP, stop.at())
                .thenApply(
                    starter ->
                        new Admission.Stopping(verdict(stopper), verdict(starter).groupToken())));
  }

  private static Authorization verdict(Admission admission) {
    return admission.verdict().orElseThrow(() -> new IllegalStateException("no verdict"));
  }

  private CompletionStage<Admission> check(
      Report report, Optional<EvseRef> evse, @Nullable IdToken token, Purpose purpose, Instant at) {
    return token == null
        ? NOT_ASKED
        : authorizer
            .authorize(new AuthorizationRequest(report.station(), evses(evse), token, purpose, at))
            .thenApply(Admission.Checked::new);
  }

  private CompletionStage<Admission> start(Wish wish) {
    return authorizer
        .authorize(
            new AuthorizationRequest(
                wish.report().station(),
                evses(Optional.of(wish.evse())),
                wish.token(),
                Purpose.START,
                wish.shownAt()))
        .thenCompose(
            authorization ->
                authorization.accepted()
                    ? priced(wish, authorization)
                    : refused(authorization, null));
  }

  /** No tariff is never "free". Only a token that means "nobody is asked" may go on without. */
  private CompletionStage<Admission> priced(Wish wish, Authorization authorization) {
    Optional<TariffSnapshot> tariff = tariffs.resolve(query(wish, authorization));
    if (tariff.isEmpty()) {
      return wish.token().type().equals("NoAuthorization")
          ? reserved(wish, authorization, null)
          : refused(authorization.with(AuthorizationStatus.NOT_AT_THIS_LOCATION), NO_TARIFF);
    }
    Session.Frozen known = frozen.get(tariff.get());
    return known != null
        ? reserved(wish, authorization, known)
        : CompletableFuture.supplyAsync(() -> freeze(tariff.get()), io)
            .thenCompose(stored -> reserved(wish, authorization, stored));
  }

  private Session.Frozen freeze(TariffSnapshot tariff) {
    Session.Frozen stored = new Session.Frozen(snapshots.idOf(tariff), tariff);
    if (frozen.size() < MAX_CACHED) {
      frozen.put(tariff, stored);
    }
    return stored;
  }

  private static TariffQuery query(Wish wish, Authorization authorization) {
    var station = wish.report().station();
    return new TariffQuery(
            station.operatorId(),
            station.siteId(),
            station.id(),
            Optional.ofNullable(authorization.driverGroupId()),
            wish.startReceived(),
            wish.startAt(),
            station.zone())
        .with(Optional.ofNullable(authorization.driverId()), station.currency());
  }

  private CompletionStage<Admission> reserved(
      Wish wish, Authorization authorization, Session.@Nullable Frozen tariff) {
    return guard
        .reserve(
            new StartGuard.Request(
                wish.key(),
                wish.report().station(),
                wish.evse().evseNo(),
                authorization,
                wish.startAt(),
                wish.report().receivedAt()))
        .thenCompose(
            verdict ->
                switch (verdict) {
                  case StartGuard.Verdict.Granted granted ->
                      granted(authorization, granted, tariff);
                  case StartGuard.Verdict.Refused refusal ->
                      refused(authorization.with(refusal.status()), null);
                });
  }

  /** What the driver gets off the price is frozen with it. */
  private CompletionStage<Admission> granted(
      Authorization authorization,
      StartGuard.Verdict.Granted granted,
      Session.@Nullable Frozen tariff) {
    if (tariff == null || granted.terms().isNone()) {
      return CompletableFuture.completedStage(
          new Admission.Granted(authorization, granted.holdId(), tariff));
    }
    return CompletableFuture.supplyAsync(() -> withTerms(tariff.tariff(), granted.terms()), io)
        .thenApply(frozen -> new Admission.Granted(authorization, granted.holdId(), frozen));
  }

  /** A tier's snapshot serves many sessions, one with a coupon or points only its own. */
  private Session.Frozen withTerms(TariffSnapshot tariff, DriverTerms terms) {
    TariffSnapshot own = tariff.withTerms(terms);
    boolean shared = terms.coupons().isEmpty() && terms.points() == null;
    Session.Frozen known = shared ? frozen.get(own) : null;
    if (known != null) {
      return known;
    }
    return shared ? freeze(own) : new Session.Frozen(snapshots.idOf(own), own);
  }

  private static CompletionStage<Admission> refused(
      Authorization authorization, @Nullable String operatorError) {
    return CompletableFuture.completedStage(new Admission.Refused(authorization, operatorError));
  }

  private static List<Integer> evses(Optional<EvseRef> evse) {
    return evse.filter(place -> place.evseNo() > 0)
        .map(place -> List.of(place.evseNo()))
        .orElse(List.of());
  }
}
