package org.ampay.ocpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.Sender;
import org.ampay.station.StationInfo;

/** UnlockConnector, as the station speaks (1.6 5.18, F05). */
public final class Unlocks {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What came of it. */
  public enum Answer {
    UNLOCKED,
    /** It tried, and the connector is locked still. */
    FAILED,
    NOT_SUPPORTED,
    /** It would not: there is a transaction, or no such connector. */
    REFUSED,
    AWAY,
    /** Sent, and no answer in time. */
    LATE
  }

  private final CommandPort commands;

  public Unlocks(CommandPort commands) {
    this.commands = commands;
  }

  /** Asks the station; never completes exceptionally. */
  public CompletionStage<Answer> unlock(StationInfo station, EvseRef evse, Sender sender) {
    Optional<Protocol> protocol = commands.connected(station.id());
    String payload =
        protocol.filter(version -> version == Protocol.OCPP_16).isPresent()
            ? "{\"connectorId\":" + evse.evseNo() + "}"
            : "{\"evseId\":" + evse.evseNo() + ",\"connectorId\":" + evse.connectorNo() + "}";
    return commands
        .send(station, CommandOrder.of(sender, "UnlockConnector", payload))
        .outcome()
        .thenApply(Unlocks::answer)
        .exceptionally(failure -> Answer.AWAY);
  }

  private static Answer answer(CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Answered(String payload) ->
          switch (status(payload)) {
            case "Unlocked" -> Answer.UNLOCKED;
            case "UnlockFailed" -> Answer.FAILED;
            case "NotSupported" -> Answer.NOT_SUPPORTED;
            default -> Answer.REFUSED;
          };
      case CommandOutcome.UnknownAction _ -> Answer.NOT_SUPPORTED;
      case CommandOutcome.NotConnected _ -> Answer.AWAY;
      case CommandOutcome.TimedOut _ -> Answer.LATE;
      case CommandOutcome.Error _, CommandOutcome.Invalid _, CommandOutcome.BadPayload _ ->
          Answer.FAILED;
    };
  }

  private static String status(String payload) {
    try {
      return JSON.readTree(payload).path("status").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
