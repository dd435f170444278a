package org.ampay.ocpp.edge;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.ampay.ocpp.edge.SecurityDialect.Change;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.StationPasswordChanges.Offer;
import org.ampay.station.StationPasswordChanges.Outcome;
import org.ampay.station.StationSecurity;
import org.jspecify.annotations.Nullable;

/**
 * The way to a station for commands that change how it may connect, whoever sends them: a password
 * is good as soon as it is sent, and its answer says which one holds; an accepted profile may be
 * used; a lower one is never sent (A00.FR.005). Every other command passes through.
 */
public final class SecuredCommands implements CommandPort {

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
    Optional<SecurityDialect> dialect = connected(station.id()).map(this::dialect);
    Optional<Change> change = dialect.flatMap(d -> d.read(action, payload));
    if (change.isEmpty()) {
      return port.send(station, action, payload);
    }
    return CompletableFuture.supplyAsync(() -> Boolean.TRUE, background)
        .thenCompose(
            go ->
                switch (change.get()) {
                  case Change.Password password ->
                      password(station, action, payload, password, dialect.get());
                  case Change.Profile profile ->
                      profile(station, action, payload, profile, dialect.get());
                });
  }

  private SecurityDialect dialect(Protocol protocol) {
    return Objects.requireNonNull(dialects.get(protocol));
  }

  private CompletionStage<CommandOutcome> password(
      StationInfo station,
      String action,
      String payload,
      Change.Password password,
      SecurityDialect dialect) {
    Optional<Offer> offer = security.passwords().offer(station.id(), password.text());
    if (offer.isEmpty()) {
      return CompletableFuture.completedStage(
          new CommandOutcome.Error(
              "InternalError", "not sent: another change of the password is open"));
    }
    return port.send(station, action, payload)
        .handleAsync(
            (outcome, fault) -> {
              security.passwords().settle(offer.get(), said(password, outcome, dialect));
              return result(outcome, fault);
            },
            background);
  }

  private CompletionStage<CommandOutcome> profile(
      StationInfo station,
      String action,
      String payload,
      Change.Profile profile,
      SecurityDialect dialect) {
    int pinned = security.profile(station.id());
    if (profile.profile() < pinned) {
      return CompletableFuture.completedStage(
          new CommandOutcome.BadPayload(
              "securityProfile", "the station's profile may not be lowered from " + pinned));
    }
    return port.send(station, action, payload)
        .handleAsync(
            (outcome, fault) -> {
              switch (said(profile, outcome, dialect)) {
                // After a lost answer too: the station may come in under either.
                case TAKEN, AFTER_REBOOT, UNKNOWN ->
                    security.expect(station.id(), profile.profile());
                case REFUSED, NOT_SENT -> {}
              }
              return result(outcome, fault);
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
      Change change, @Nullable CommandOutcome outcome, SecurityDialect dialect) {
    if (outcome == null) {
      return Outcome.UNKNOWN;
    }
    return switch (outcome) {
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
