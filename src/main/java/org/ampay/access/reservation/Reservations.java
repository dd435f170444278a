package org.ampay.access.reservation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ampay.access.IdToken;
import org.ampay.access.StationOrder;
import org.ampay.access.Token;
import org.ampay.access.Tokens;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.Sender;
import org.ampay.station.StationInfo;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Reserves places at stations and calls reservations off, for people and keys. Every reservation is
 * stored before the station is asked; one that is not answered may be in force and counts as such
 * until its time is over. Waits for the station: call it from a thread that may.
 */
public final class Reservations {

  /** Kind of the job that ends a reservation when its time is over; its ref is the row's id. */
  public static final String EXPIRY = "reservation_expiry";

  /** The station's own report of it is awaited so long. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int MAX_REASON = 100;

  /** Where reservations go and come from. */
  public record Ports(
      CommandPort commands, Map<Protocol, ReservationDialect> dialects, EvseUse use) {}

  /** What a wish or a cancellation came to. */
  public sealed interface Result {

    /** Asked of the station: its state tells the answer. */
    record Asked(Reservation reservation) implements Result {}

    /** Not asked: a field of the wish is no good. */
    record BadField(String field, String reason) implements Result {}

    /** Not asked: it would be in the way of something. */
    record Conflict(String reason) implements Result {}

    /** Not asked: the station has no connection. */
    record NotConnected() implements Result {}

    /** Nobody knows such a reservation. */
    record Unknown() implements Result {}

    /** Asked, and what came back tells nothing. */
    record NoAnswer(Reservation reservation, String reason) implements Result {}
  }

  private final Transactor transactor;
  private final ReservationBook book;
  private final Tokens tokens;
  private final JobStore jobs;
  private final IdSource ids;
  private final TimeSource time;
  private final Ports ports;

  /**
   * @param ids of rows; cut to 31 bits they number the reservations
   */
  public Reservations(
      Transactor transactor,
      ReservationBook book,
      Tokens tokens,
      JobStore jobs,
      IdSource ids,
      TimeSource time,
      Ports ports) {
    this.transactor = transactor;
    this.book = book;
    this.tokens = tokens;
    this.jobs = jobs;
    this.ids = ids;
    this.time = time;
    this.ports = ports;
  }

  /**
   * Asks a station to keep a place.
   *
   * @param alongside called last in the transaction that stores the wish; what it throws undoes it
   */
  public Result reserve(ReservationWish wish, BiConsumer<Tx, Reservation> alongside) {
    Optional<ReservationDialect> dialect = dialect(wish.station());
    if (dialect.isEmpty()) {
      return new Result.NotConnected();
    }
    Optional<Token> token = tokens.read(wish.station().operatorId(), wish.token().uid());
    Result wrong = wrong(wish, dialect.get(), token);
    if (wrong != null) {
      return wrong;
    }
    Reservation wanted = reservation(wish, token.orElseThrow());
    String conflict =
        transactor.call(
            tx -> {
              book.store().lockStation(tx, wanted.stationId());
              Optional<String> found = conflict(tx, wish);
              if (found.isEmpty()) {
                book.store().insert(tx, wanted);
                jobs.insert(
                    tx, List.of(new NewJob(EXPIRY, wanted.id(), wanted.until().plus(GRACE))));
                book.store().changed(tx);
                alongside.accept(tx, wanted);
              }
              return found.orElse("");
            });
    return conflict.isEmpty()
        ? new Result.Asked(ask(wish.station(), dialect.get(), wanted))
        : new Result.Conflict(conflict);
  }

  private Optional<ReservationDialect> dialect(StationInfo station) {
    return ports.commands().connected(station.id()).map(ports.dialects()::get);
  }

  private @Nullable Result wrong(
      ReservationWish wish, ReservationDialect dialect, Optional<Token> token) {
    Instant now = time.now();
    if (!wish.until().isAfter(now) || wish.until().isAfter(now.plus(LONGEST))) {
      return new Result.BadField("until", "must lie within the next 7 days");
    }
    if (token.isEmpty()) {
      return new Result.BadField("token", "there is no such token");
    }
    if (wish.token().uid().length() > dialect.longestUid()) {
      return new Result.BadField(
          "token", "must have at most " + dialect.longestUid() + " characters for this station");
    }
    String type = wish.connectorType();
    if (type != null && !dialect.connectorTypes().contains(type)) {
      return new Result.BadField(
          "connector_type",
          dialect.connectorTypes().isEmpty()
              ? "is not known to the station's OCPP version"
              : "must be one of " + dialect.connectorTypes().stream().sorted().toList());
    }
    boolean known =
        wish.station().evses().isEmpty() || wish.station().evse(wish.evse()).isPresent();
    if (wish.evse() != 0 && !known) {
      return new Result.BadField("evse", "the station has no such EVSE");
    }
    if (wish.evse() == 0 && !mayReserveAny(wish.station(), dialect, wish.actor())) {
      return new Result.Conflict("the station reserves single connectors only");
    }
    return wish.evse() != 0 && ports.use().inUse(wish.station().id(), wish.evse())
        ? new Result.Conflict("somebody charges at this EVSE")
        : null;
  }

  /** 1.6 5.13: connector 0 only when ReserveConnectorZeroSupported. */
  private boolean mayReserveAny(StationInfo station, ReservationDialect dialect, String actor) {
    return dialect
        .askAnyEvse()
        .map(
            order ->
                send(station, actor, order) instanceof CommandOutcome.Answered(String answer)
                    && dialect.mayReserveAny(answer))
        .orElse(true);
  }

  /** What is in the way of a wish, among the open reservations of its station. */
  private Optional<String> conflict(Tx tx, ReservationWish wish) {
    List<Reservation> open = book.store().open(tx, wish.station().id(), time.now());
    Integer replaced = wish.replaces();
    if (replaced != null && open.stream().noneMatch(r -> r.number() == replaced)) {
      return Optional.of("there is no open reservation " + replaced);
    }
    List<Reservation> others =
        open.stream().filter(r -> replaced == null || r.number() != replaced).toList();
    if (wish.evse() != 0 && others.stream().anyMatch(r -> r.evse() == wish.evse())) {
      return Optional.of("there is a reservation for this EVSE");
    }
    int evses = wish.station().evses().size();
    return evses > 0 && others.size() >= evses
        ? Optional.of("every EVSE of the station is reserved")
        : Optional.empty();
  }

  private Reservation reservation(ReservationWish wish, Token token) {
    long id = ids.next();
    String type = wish.token().type();
    Integer replaced = wish.replaces();
    return new Reservation(
        id,
        wish.station().operatorId(),
        wish.station().id(),
        replaced == null ? (int) (id & Integer.MAX_VALUE) : replaced,
        wish.evse(),
        wish.connectorType(),
        new IdToken(token.uid(), type.isEmpty() ? token.type() : type),
        wish.group() == null ? token.groupToken() : wish.group(),
        wish.until().truncatedTo(ChronoUnit.MILLIS),
        time.now().truncatedTo(ChronoUnit.MILLIS),
        wish.actor(),
        Reservation.Outcome.REQUESTED);
  }

  private Reservation ask(StationInfo station, ReservationDialect dialect, Reservation wanted) {
    CommandOutcome answer = send(station, wanted.createdBy(), dialect.reserve(wanted));
    Reservation.Outcome outcome = outcome(dialect, answer);
    book.write(
        tx -> {
          book.store().decide(tx, wanted.id(), outcome);
          if (outcome.state() == ReservationState.ACCEPTED) {
            book.store().replace(tx, wanted, time.now());
          }
        });
    return book.store().find(wanted.operatorId(), wanted.id()).orElse(wanted.with(outcome));
  }

  private Reservation.Outcome outcome(ReservationDialect dialect, CommandOutcome answer) {
    return switch (answer) {
      case CommandOutcome.Answered(String payload) -> {
        String word = dialect.reserved(payload);
        yield word.equals("Accepted")
            ? new Reservation.Outcome(ReservationState.ACCEPTED, null, null, null)
            : refused(word);
      }
      case CommandOutcome.Error error -> refused(error.code());
      case CommandOutcome.BadPayload bad -> refused(bad.field() + ": " + bad.description());
      case CommandOutcome.UnknownAction unknown -> refused("NotSupported");
      case CommandOutcome.NotConnected gone -> refused("Offline");
      // The station may have heard it.
      case CommandOutcome.Invalid broken -> unsure("broken answer: " + broken.description());
      case CommandOutcome.TimedOut late -> unsure("no answer");
    };
  }

  private Reservation.Outcome refused(String reason) {
    return new Reservation.Outcome(ReservationState.REFUSED, cut(reason), null, time.now());
  }

  private static Reservation.Outcome unsure(String reason) {
    return new Reservation.Outcome(ReservationState.REQUESTED, cut(reason), null, null);
  }

  private static String cut(String text) {
    return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON - 1) + "…";
  }

  /**
   * Calls a reservation off.
   *
   * @param operatorId whose it must be; null: anybody's
   * @param actor who does it
   * @param alongside called last in the transaction that ends it
   */
  public Result cancel(
      @Nullable Long operatorId,
      long id,
      StationInfo station,
      String actor,
      BiConsumer<Tx, Reservation> alongside) {
    Optional<Reservation> found =
        book.store().find(operatorId, id).filter(r -> r.stationId() == station.id());
    if (found.isEmpty()) {
      return new Result.Unknown();
    }
    Reservation reservation = found.get();
    if (!reservation.state().open()) {
      return new Result.Conflict("the reservation is over: " + reservation.state().word());
    }
    Optional<ReservationDialect> dialect = dialect(station);
    if (dialect.isEmpty()) {
      return new Result.NotConnected();
    }
    return switch (send(station, actor, dialect.get().cancel(reservation.number()))) {
      case CommandOutcome.Answered(String answer) -> {
        boolean known = dialect.get().cancelled(answer);
        Reservation.Outcome over =
            new Reservation.Outcome(
                known ? ReservationState.CANCELLED : ReservationState.REMOVED,
                known ? null : "unknown to the station",
                null,
                time.now().truncatedTo(ChronoUnit.MILLIS));
        book.write(
            tx -> {
              book.store().decide(tx, reservation.id(), over);
              alongside.accept(tx, reservation);
            });
        yield new Result.Asked(book.store().find(operatorId, id).orElse(reservation.with(over)));
      }
      case CommandOutcome.NotConnected gone -> new Result.NotConnected();
      case CommandOutcome.TimedOut late -> new Result.NoAnswer(reservation, "no answer in time");
      case CommandOutcome.Error error -> new Result.NoAnswer(reservation, error.code());
      case CommandOutcome.Invalid broken -> new Result.NoAnswer(reservation, broken.description());
      case CommandOutcome.BadPayload bad -> new Result.NoAnswer(reservation, bad.description());
      case CommandOutcome.UnknownAction unknown -> new Result.NoAnswer(reservation, "NotSupported");
    };
  }

  /** The handler of {@link #EXPIRY}. */
  public void expire(List<Job> due) {
    book.write(
        tx -> {
          book.store().expire(tx, due.stream().map(Job::ref).toList(), time.now());
          jobs.done(tx, due);
        });
  }

  /** By its row, in an operator's scope (null: any). */
  public Optional<Reservation> find(@Nullable Long operatorId, long id) {
    return book.store().find(operatorId, id);
  }

  private CommandOutcome send(StationInfo station, String actor, StationOrder order) {
    return ports
        .commands()
        .send(station, CommandOrder.of(Sender.of(actor), order.action(), order.payload()))
        .outcome()
        .toCompletableFuture()
        .join();
  }
}
