package org.ampay.ocpi.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletionStage;
import org.ampay.access.IdToken;
import org.ampay.charging.StationStarts;
import org.ampay.charging.StationStops;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.command.CommandTokens.Read;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.token.RoamingTokens;
import org.ampay.ocpp.Unlocks;
import org.ampay.station.CommandPort;
import org.ampay.station.Sender;
import org.ampay.station.StationDirectory;
import org.ampay.store.Transactor;

/** Starts and stops sessions and unlocks connectors for partners. Bodies are checked before. */
public final class Commands {

  /** The ways to stations. */
  public record Ways(StationStarts starts, StationStops stops, Unlocks unlocks, CommandPort port) {}

  private final CommandPlaces places;
  private final CommandTokens tokens;
  private final SessionFinder sessions;
  private final Ways ways;

  public Commands(
      Transactor transactor,
      PlaceBook places,
      StationDirectory stations,
      RoamingTokens tokens,
      Ways ways) {
    this.places = new CommandPlaces(places, stations);
    this.tokens = new CommandTokens(tokens, transactor);
    this.sessions = new SessionFinder(transactor, tokens, stations);
    this.ways = ways;
  }

  /** How the station knows the token. */
  IdToken shown(CommandPlaces.Spot spot, Read.Good good) {
    return good.shown(ways.port().connected(spot.station().id()));
  }

  CommandTokens tokens() {
    return tokens;
  }

  /** START_SESSION. Where nobody is asked: the partner's command is its consent. */
  Verdict start(Partner partner, ObjectNode body) {
    CommandPlaces.Spot spot = spot(partner, body);
    return switch (tokens.read(partner, (ObjectNode) body.path("token"))) {
      case Read.Bad(String message) -> Verdict.rejected(message);
      case Read.Good good -> {
        String reference = text(body, "authorization_reference");
        yield new Verdict.Tried(
            () -> {
              tokens.consent(partner, good.token(), reference.isEmpty() ? null : reference);
              Word came = word(ways.starts().start(spot.station(), spot.evse(), shown(spot, good)));
              if (!came.equals(Word.ACCEPTED)) {
                tokens.withdraw(partner, good.token());
              }
              return came;
            });
      }
    };
  }

  /** STOP_SESSION. */
  Verdict stop(Partner partner, ObjectNode body) {
    return sessions
        .running(partner, text(body, "session_id"))
        .<Verdict>map(
            session ->
                new Verdict.Tried(
                    () -> word(ways.stops().stop(session.station(), session.transactionId()))))
        .orElseGet(Verdict::unknownSession);
  }

  /** UNLOCK_CONNECTOR. */
  Verdict unlock(Partner partner, ObjectNode body) {
    CommandPlaces.Spot spot = spot(partner, body);
    Sender sender = Sender.system("OCPI " + partner.party());
    return new Verdict.Tried(
        () ->
            switch (ways.unlocks()
                .unlock(spot.station(), spot.evse(), sender)
                .toCompletableFuture()
                .join()) {
              case UNLOCKED -> Word.ACCEPTED;
              case FAILED -> Word.of("FAILED");
              case NOT_SUPPORTED -> Word.of("NOT_SUPPORTED");
              case REFUSED -> Word.of("REJECTED");
              case AWAY -> new Word("EVSE_INOPERATIVE", "the station has no connection");
              case LATE -> Word.of("TIMEOUT");
            });
  }

  CommandPlaces.Spot spot(Partner partner, ObjectNode body) {
    return places.find(
        partner, text(body, "location_id"), text(body, "evse_uid"), text(body, "connector_id"));
  }

  /** The text of a field; empty: not there. */
  static String text(ObjectNode body, String field) {
    return body.path(field).asText("");
  }

  private static Word word(CompletionStage<StationStops.Answer> answer) {
    return switch (answer.toCompletableFuture().join()) {
      case ACCEPTED -> Word.ACCEPTED;
      case REFUSED -> Word.of("REJECTED");
      case AWAY -> new Word("TIMEOUT", "the station is not there, or did not answer in time");
    };
  }
}
