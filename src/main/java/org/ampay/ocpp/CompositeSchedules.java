package org.ampay.ocpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ampay.power.Schedule;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.Sender;
import org.ampay.station.StationInfo;
import org.jspecify.annotations.Nullable;

/** GetCompositeSchedule, as the station speaks (1.6 5.7, K08). */
public final class CompositeSchedules {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final CommandPort commands;

  public CompositeSchedules(CommandPort commands) {
    this.commands = commands;
  }

  /**
   * What an EVSE expects to do from now on; empty: it has none, or would not say, or is away. Never
   * completes exceptionally.
   */
  public CompletionStage<Optional<Schedule>> ask(
      StationInfo station, int evseNo, int seconds, Sender sender) {
    boolean old = commands.connected(station.id()).filter(Protocol.OCPP_16::equals).isPresent();
    String payload =
        "{\""
            + (old ? "connectorId" : "evseId")
            + "\":"
            + evseNo
            + ",\"duration\":"
            + seconds
            + "}";
    return commands
        .send(station, CommandOrder.of(sender, "GetCompositeSchedule", payload))
        .outcome()
        .thenApply(outcome -> schedule(outcome, seconds))
        .exceptionally(failure -> Optional.empty());
  }

  private static Optional<Schedule> schedule(CommandOutcome outcome, int seconds) {
    if (!(outcome instanceof CommandOutcome.Answered(String payload))) {
      return Optional.empty();
    }
    try {
      JsonNode answer = JSON.readTree(payload);
      if (!answer.path("status").asText().equals("Accepted")) {
        return Optional.empty();
      }
      JsonNode old = answer.path("chargingSchedule");
      JsonNode body = old.isObject() ? old : answer.path("schedule");
      JsonNode start =
          old.isObject()
              ? answer.path("scheduleStart").isTextual()
                  ? answer.path("scheduleStart")
                  : old.path("startSchedule")
              : body.path("scheduleStart");
      return body.isObject() ? Optional.of(schedule(body, time(start), seconds)) : Optional.empty();
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty(); // the answer was checked before: nothing that can be told
    }
  }

  private static Schedule schedule(JsonNode body, @Nullable Instant start, int seconds) {
    List<Schedule.Period> periods = new ArrayList<>();
    for (JsonNode period : body.path("chargingSchedulePeriod")) {
      BigDecimal limit = period.path("limit").decimalValue();
      periods.add(new Schedule.Period(period.path("startPeriod").asInt(), limit, null, null));
    }
    JsonNode least = body.path("minChargingRate");
    return new Schedule(
        0,
        start,
        body.path("duration").asInt(seconds),
        Schedule.Unit.valueOf(body.path("chargingRateUnit").asText()),
        periods,
        least.isNumber() ? least.decimalValue() : null);
  }

  private static @Nullable Instant time(JsonNode text) {
    return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : null;
  }
}
