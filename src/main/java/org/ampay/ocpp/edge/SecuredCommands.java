package org.ampay.ocpp.edge;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.ampay.ocpp.edge.SecurityDialect.Change;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.StationPasswordChanges.Offer;
import org.ampay.station.StationPasswordChanges.Outcome;
import org.ampay.station.StationSecurity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a station for commands that change how it may connect, whoever sends them: a password
 * is good as soon as it is sent, and its answer says which one holds; an accepted profile may be
 * used; a lower one is never sent (A00.FR.005). Every other command passes through.
 */
public final class SecuredCommands implements CommandPort {

  private static final Logger LOG = LoggerFactory.getLogger(SecuredCommands.class);

  private final CommandPort port;
  private final Map<Protocol, SecurityDialect> dialects;
  private final StationSecurity security;
  private final Executor background;

  /**
   * @param port the next one on the way to the station
   * @param background runs what waits for the database
   */
  public SecuredCommands(
      CommandPort port,
      Map<Protocol, SecurityDialect> dialects,
      StationSecurity security,
      Executor background) {
    this.port = port;
    this.dialects = Map.copyOf(dialects);
    this.security = security;
    this.background = background;
  }

  @Override
  public Optional<Protocol> connected(long stationId) {
    return port.connected(stationId);
  }

  @Override
  public CompletionStage<CommandOutcome> send(StationInfo station, String action, String payload) {
    return switch (judged(station, action, payload)) {
      case Judged.Free _ -> port.send(station, action, payload);
      case Judged.Refused(CommandOutcome outcome) -> CompletableFuture.completedStage(outcome);
      case Judged.Watched watched -> watched.settled(port.send(station, action, payload));
    };
  }

  @Override
  public Sent send(StationInfo station, CommandOrder order) {
    return switch (judged(station, order.action(), order.payload())) {
      case Judged.Free _ -> port.send(station, order);
      case Judged.Refused(CommandOutcome outcome) ->
          new Sent(0, CompletableFuture.completedStage(outcome));
      case Judged.Watched watched -> {
        Sent sent = port.send(station, order);
        yield new Sent(sent.recordId(), watched.settled(sent.outcome()));
      }
    };
  }

  @Override
  public Examined examine(StationInfo station, String action, String payload) {
    return port.examine(station, action, payload);
  }

  @Override
  public boolean ready(long stationId) {
    return port.ready(stationId);
  }

  /** What is to be done about a command. */
  private sealed interface Judged {

    /** Nothing. */
    record Free() implements Judged {}

    /** It must not be sent. */
    record Refused(CommandOutcome outcome) implements Judged {}

    /** What the station answers is to be kept, before anybody hears it. */
    record Watched(Consumer<Optional<CommandOutcome>> keeper, Executor background)
        implements Judged {

      CompletionStage<CommandOutcome> settled(CompletionStage<CommandOutcome> sent) {
        return sent.handleAsync(
            (outcome, fault) -> {
              keep(Optional.ofNullable(outcome));
              return result(outcome, fault);
            },
            background);
      }

      /** What cannot be stored stays open: then both passwords are good. */
      private void keep(Optional<CommandOutcome> outcome) {
        try {
          keeper.accept(outcome);
        } catch (RuntimeException e) {
          LOG.error("the outcome of a security command is not stored", e);
        }
      }
    }
  }

  /** Stores what must be stored before the command leaves: waits for the database then. */
  private Judged judged(StationInfo station, String action, String payload) {
    Optional<SecurityDialect> dialect = connected(station.id()).map(this::dialect);
    Optional<Change> change = dialect.flatMap(d -> d.read(action, payload));
    if (change.isEmpty()) {
      return new Judged.Free();
    }
    return switch (change.get()) {
      case Change.Password password -> password(station, password, dialect.get());
      case Change.Profile profile -> profile(station, profile, dialect.get());
    };
  }

  private SecurityDialect dialect(Protocol protocol) {
    return Objects.requireNonNull(dialects.get(protocol));
  }

  private Judged password(StationInfo station, Change.Password password, SecurityDialect dialect) {
    Optional<Offer> offer = security.passwords().offer(station.id(), password.text());
    if (offer.isEmpty()) {
      return new Judged.Refused(
          new CommandOutcome.Error(
              "InternalError", "not sent: another change of the password is open"));
    }
    return new Judged.Watched(
        outcome -> security.passwords().settle(offer.get(), said(password, outcome, dialect)),
        background);
  }

  private Judged profile(StationInfo station, Change.Profile profile, SecurityDialect dialect) {
    int pinned = security.profile(station.id());
    if (profile.profile() < pinned) {
      return new Judged.Refused(
          new CommandOutcome.BadPayload(
              "securityProfile", "the station's profile may not be lowered from " + pinned));
    }
    return new Judged.Watched(
        outcome -> {
          switch (said(profile, outcome, dialect)) {
            // After a lost answer too: the station may come in under either.
            case TAKEN, AFTER_REBOOT, UNKNOWN -> security.expect(station.id(), profile.profile());
            case REFUSED, NOT_SENT -> {}
          }
        },
        background);
  }

  private static CommandOutcome result(
      @Nullable CommandOutcome outcome, @Nullable Throwable fault) {
    if (outcome == null) {
      throw new IllegalStateException("a command to a station failed", fault);
    }
    return outcome;
  }

  private static Outcome said(
      Change change, Optional<CommandOutcome> outcome, SecurityDialect dialect) {
    if (outcome.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    return switch (outcome.get()) {
      case CommandOutcome.Answered answered -> dialect.outcome(change, answered.payload());
      case CommandOutcome.Error _ -> Outcome.REFUSED;
      case CommandOutcome.Invalid _, CommandOutcome.TimedOut _ -> Outcome.UNKNOWN;
      case CommandOutcome.UnknownAction _,
          CommandOutcome.BadPayload _,
          CommandOutcome.NotConnected _ ->
          Outcome.NOT_SENT;
    };
  }
}
