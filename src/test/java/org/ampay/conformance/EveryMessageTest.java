package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ampay.conformance.ScenarioApi.Reply;
import org.ampay.ocpp.v16.wire.Messages16;
import org.ampay.ocpp.v201.wire.Messages201;
import org.ampay.ocpp.wire.JsonSchemas;
import org.ampay.ocpp.wire.MessageType;
import org.ampay.ocpp.wire.Violations;
import org.ampay.ocpp.wire.Violations.Violation;
import org.ampay.station.Protocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every message of both versions in both directions against the running server, from the
 * dictionaries: the smallest and the largest payload, and one violation of each kind.
 */
class EveryMessageTest {

  /**
   * What stations may send and the server does not handle yet. Whoever handles one takes it away;
   * in the end these are empty.
   */
  private static final Set<String> UNHANDLED_16 = Set.of();

  private static final Set<String> UNHANDLED_201 =
      Set.of(
          "ClearedChargingLimit",
          "NotifyChargingLimit",
          "NotifyEVChargingNeeds",
          "NotifyEVChargingSchedule",
          "ReportChargingProfiles");

  /** Confirmed although they break the schema, when station and transaction can be read. */
  private static final Set<String> LENIENT_16 = Set.of("StopTransaction", "MeterValues");

  private final ScenarioApi api = ScenarioServer.shared().api();

  private static List<? extends MessageType<?, ?>> messages(Protocol protocol) {
    return switch (protocol) {
      case OCPP_16 -> Messages16.ALL;
      case OCPP_201 -> Messages201.ALL;
    };
  }

  private static List<? extends MessageType<?, ?>> fromStation(Protocol protocol) {
    return messages(protocol).stream().filter(type -> type.direction().fromStation()).toList();
  }

  private static List<? extends MessageType<?, ?>> toStation(Protocol protocol) {
    return messages(protocol).stream().filter(type -> type.direction().toStation()).toList();
  }

  private static ScenarioStation online(Protocol protocol) {
    return switch (protocol) {
      case OCPP_16 -> Station16.online();
      case OCPP_201 -> Station201.online();
    };
  }

  @ParameterizedTest
  @EnumSource
  void bothDirections_countEveryMessage(Protocol protocol) {
    Set<String> walked = new HashSet<>();
    fromStation(protocol).forEach(type -> walked.add(type.action()));
    int towardsServer = walked.size();
    toStation(protocol).forEach(type -> walked.add(type.action()));
    switch (protocol) {
      case OCPP_16 -> {
        assertThat(walked).hasSize(39);
        assertThat(towardsServer).isEqualTo(14);
      }
      case OCPP_201 -> {
        assertThat(walked).hasSize(64);
        assertThat(towardsServer).isEqualTo(25);
      }
    }
    assertThat(toStation(protocol)).hasSize(walked.size() - towardsServer + 1); // DataTransfer
  }

  @ParameterizedTest
  @EnumSource
  void validMessagesOfStations_areAnsweredBySchema(Protocol protocol) {
    BoundaryPayloads payloads = new BoundaryPayloads(protocol);
    Set<String> unhandled = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    try (ScenarioStation station = online(protocol)) {
      for (MessageType<?, ?> type : fromStation(protocol)) {
        String action = type.action();
        for (ObjectNode payload :
            List.of(payloads.minimalRequest(action), payloads.maximalRequest(action))) {
          Answer answer = station.call(action, payload);
          if (!answer.isError()) {
            assertThatCode(() -> type.readResponse(utf8(answer.payload())))
                .as("%s answered %s", action, answer.frame())
                .doesNotThrowAnyException();
          } else if (answer.errorCode().equals("NotSupported")) {
            unhandled.add(action);
          } else {
            wrong.add(action + " " + payload + ": " + answer.frame());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(unhandled)
        .containsExactlyInAnyOrderElementsOf(
            protocol == Protocol.OCPP_16 ? UNHANDLED_16 : UNHANDLED_201);
  }

  private static byte[] utf8(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The first violation of each kind: every place of each is DictionaryTest's matter. */
  private static List<Violation> violations(JsonNode schema, ObjectNode payload) {
    Set<String> kinds = new HashSet<>();
    return Violations.of(schema, payload).stream().filter(v -> kinds.add(v.kind())).toList();
  }

  @ParameterizedTest
  @EnumSource
  @Proves({"FR.03", "1.6/connection/8"})
  void violationsOfStations_areAnsweredWithTheirCode(Protocol protocol) {
    BoundaryPayloads payloads = new BoundaryPayloads(protocol);
    JsonSchemas schemas = new JsonSchemas(protocol);
    List<String> wrong = new ArrayList<>();
    Set<String> kinds = new TreeSet<>();
    try (ScenarioStation station = online(protocol)) {
      for (MessageType<?, ?> type : fromStation(protocol)) {
        String action = type.action();
        for (Violation violation :
            violations(schemas.request(action), payloads.maximalRequest(action))) {
          kinds.add(violation.kind());
          Answer answer = station.call(action, violation.json());
          if (!isRight(protocol, action, violation, answer)) {
            wrong.add(action + " " + violation + ": " + answer.frame());
          }
        }
        Answer list = station.call(action, "[]");
        if (!list.isError() || !list.errorCode().startsWith("Format")) {
          wrong.add(action + " []: " + list.frame());
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(station.heartbeat()).isNotEmpty();
    }
    assertThat(kinds)
        .contains("missing", "null", "too long", "enum", "format", "number for text")
        .contains("text for number", "too few items", "object for array", "array for object");
  }

  private static boolean isRight(
      Protocol protocol, String action, Violation violation, Answer answer) {
    if (!answer.isError()) {
      return protocol == Protocol.OCPP_16 && LENIENT_16.contains(action);
    }
    return answer.errorCode().equals(violation.code().text(protocol))
        && answer.errorDescription().contains(violation.field());
  }

  @ParameterizedTest
  @EnumSource
  void validCommands_reachTheStationAndItsAnswerComesBack(Protocol protocol) {
    BoundaryPayloads payloads = new BoundaryPayloads(protocol);
    try (ScenarioStation station = online(protocol)) {
      for (MessageType<?, ?> type : toStation(protocol)) {
        String action = type.action();
        obeyed(station, action, payloads.minimalRequest(action), payloads.minimalResponse(action));
        obeyed(station, action, payloads.maximalRequest(action), payloads.maximalResponse(action));
      }
    }
  }

  private void obeyed(
      ScenarioStation station, String action, ObjectNode request, ObjectNode response) {
    station.answers(action, response.toString());
    JsonNode answer = api.answered(station, action, request.toString());
    assertThat(answer).as(action).isEqualTo(ScenarioApi.tree(response.toString()));
    assertThat(station.awaitCall(action).payload())
        .as(action)
        .isEqualTo(ScenarioApi.tree(request.toString()));
  }

  @ParameterizedTest
  @EnumSource
  void violatingCommands_areRefusedNamingTheField(Protocol protocol) {
    BoundaryPayloads payloads = new BoundaryPayloads(protocol);
    JsonSchemas schemas = new JsonSchemas(protocol);
    List<String> wrong = new ArrayList<>();
    try (ScenarioStation station = online(protocol)) {
      for (MessageType<?, ?> type : toStation(protocol)) {
        String action = type.action();
        for (Violation violation :
            violations(schemas.request(action), payloads.maximalRequest(action))) {
          Reply reply = api.command(station, action, violation.json());
          if (reply.status() != 400 || !reply.field().equals(violation.field())) {
            wrong.add(action + " " + violation + ": " + reply);
          }
        }
        Reply list = api.command(station, action, "[]");
        if (list.status() != 400) {
          wrong.add(action + " []: " + list);
        }
        assertThat(station.waitingCalls(action)).as(action).isZero();
      }
    }
    assertThat(wrong).isEmpty();
  }
}
