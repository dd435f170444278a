package org.ampay.web.command;

import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.ocpp.edge.SecurityDialect;
import org.ampay.ocpp.edge.SecurityDialect.Change;
import org.ampay.ocpp.edge.SecurityDialect.Destination;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.StationPasswordChanges.Outcome;
import org.ampay.station.StationPasswords;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Problem;

/**
 * Changes passwords and security profiles for people and keys. A connected station is told and must
 * accept; the way to it keeps what holds then, whatever it answers.
 */
public final class StationKeys {

  /** What became of a new password. */
  public enum Told {
    /** The station has accepted it. */
    ACCEPTED,
    /** The station was away and had no password: it holds. */
    SET,
    /** The station is away: it is told when it is back; until then both are good. */
    WAITS
  }

  private final WebRooms.Security security;
  private final Commands commands;
  private final RandomGenerator random;

  public StationKeys(WebRooms.Security security, Commands commands, RandomGenerator random) {
    this.security = security;
    this.commands = commands;
    this.random = random;
  }

  /** A new random password. */
  public String generate() {
    return StationPasswords.generate(random);
  }

  /**
   * Sets a password.
   *
   * @throws org.ampay.web.http.ProblemException when a connected station does not accept it
   */
  public Told change(StationInfo station, String password, String actor) {
    Optional<Protocol> protocol = commands.protocol(station.id());
    if (protocol.isEmpty()) {
      return later(station, password);
    }
    SecurityDialect dialect = dialect(protocol.get());
    Order order = password(dialect, password);
    CommandOutcome outcome = commands.send(station, order.action(), order.payload(), actor);
    if (outcome instanceof CommandOutcome.NotConnected) {
      return later(station, password);
    }
    require(dialect.outcome(new Change.Password(""), answer("password", outcome)));
    return Told.ACCEPTED;
  }

  private Told later(StationInfo station, String password) {
    return security.stations().passwords().later(station.id(), password) ? Told.WAITS : Told.SET;
  }

  private static Order password(SecurityDialect dialect, String password) {
    try {
      return dialect.password(password);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("password", String.valueOf(e.getMessage())).exception();
    }
  }

  /**
   * Asks a connected station to come in under a higher profile from its next connection on.
   *
   * @throws org.ampay.web.http.ProblemException when it is not connected or does not accept
   */
  public void raise(StationInfo station, Destination destination, String actor) {
    int pinned = security.stations().profile(station.id());
    if (destination.profile() <= pinned) {
      throw Problem.badField("profile", "must be above " + pinned).exception();
    }
    Protocol protocol =
        commands
            .protocol(station.id())
            .orElseThrow(
                () ->
                    Problem.conflict("not-connected", "the station is not connected").exception());
    SecurityDialect dialect = dialect(protocol);
    Order order = profile(dialect, destination);
    CommandOutcome outcome = commands.send(station, order.action(), order.payload(), actor);
    require(dialect.outcome(new Change.Profile(destination.profile()), answer("url", outcome)));
  }

  private static Order profile(SecurityDialect dialect, Destination destination) {
    try {
      return dialect.profile(destination);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("interface", String.valueOf(e.getMessage())).exception();
    }
  }

  private SecurityDialect dialect(Protocol protocol) {
    return Objects.requireNonNull(security.dialects().get(protocol));
  }

  private static String answer(String field, CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Answered answered -> answered.payload();
      case CommandOutcome.TimedOut late ->
          throw Problem.noAnswer(
                  "whether it was changed is not known: old and new are good until"
                      + " the station has used one")
              .exception();
      case CommandOutcome.Error error -> throw refused(error.code() + " " + error.description());
      case CommandOutcome.Invalid invalid -> throw refused(invalid.description());
      case CommandOutcome.BadPayload bad ->
          throw Problem.badField(field, bad.description()).exception();
      case CommandOutcome.UnknownAction unknown -> throw refused("unknown action");
      case CommandOutcome.NotConnected gone ->
          throw Problem.conflict("not-connected", "the station is not connected").exception();
    };
  }

  private static void require(Outcome outcome) {
    switch (outcome) {
      case TAKEN, AFTER_REBOOT -> {}
      case REFUSED, NOT_SENT, UNKNOWN -> throw refused(outcome.name());
    }
  }

  private static RuntimeException refused(String why) {
    return Problem.conflict("station-refused", "the station did not take it: " + why).exception();
  }
}
