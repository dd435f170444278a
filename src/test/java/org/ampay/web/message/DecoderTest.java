package org.ampay.web.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ampay.ocpp.dictionary.Dictionary;
import org.ampay.ocpp.dictionary.MessageSpec;
import org.ampay.ocpp.wire.Direction;
import org.ampay.station.Protocol;
import org.ampay.web.message.Decoder.Decoded;
import org.junit.jupiter.api.Test;

class DecoderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void dictionaries_haveEveryMessage() {
    assertThat(Dictionary.of(Protocol.OCPP_16).messages()).hasSize(39);
    assertThat(Dictionary.of(Protocol.OCPP_201).messages()).hasSize(64);
    assertThat(Dictionary.of(Protocol.OCPP_16).commands()).hasSize(26);
    assertThat(Dictionary.of(Protocol.OCPP_201).commands()).hasSize(40);
    MessageSpec start = Dictionary.of(Protocol.OCPP_16).message("StartTransaction").orElseThrow();
    assertThat(start.direction()).isEqualTo(Direction.FROM_STATION);
  }

  @Test
  void call_isReadFieldByField_andWrongOnesAreMarked() {
    String frame =
        """
        [2,"id-1","MeterValues",{"connectorId":"one","meterValue":[{"timestamp":"yesterday",
          "sampledValue":[{"value":"7","unit":"Wh"}]}],"colour":"red"}]\
        """;
    Decoded decoded = Decoder.frame(Locale.ENGLISH, Protocol.OCPP_16, null, frame).orElseThrow();
    assertThat(decoded.type()).isEqualTo(Decoder.Type.CALL);
    assertThat(decoded.messageId()).isEqualTo("id-1");
    assertThat(decoded.action()).isEqualTo("MeterValues");
    assertThat(complaints(decoded.lines()))
        .containsExactly(
            "connectorId field.whole", "timestamp field.time", "colour field.not_known");
    assertThat(decoded.lines())
        .contains(new Line(4, "value", "Value", "7", null))
        .contains(new Line(1, "[0]", "1", "", null));
  }

  @Test
  void answer_isReadByTheActionItAnswers() {
    Decoded decoded =
        Decoder.frame(Locale.CHINESE, Protocol.OCPP_201, "Reset", "[3,\"7\",{\"state\":\"no\"}]")
            .orElseThrow();
    assertThat(complaints(decoded.lines()))
        .containsExactly("state field.not_known", "status field.required");
    assertThat(decoded.lines().getFirst().label()).isEqualTo("状态");
  }

  @Test
  void error_tellsCodeAndText() {
    Decoded decoded =
        Decoder.frame(Locale.ENGLISH, null, null, "[4,\"7\",\"NotSupported\",\"no such thing\",{}]")
            .orElseThrow();
    assertThat(decoded.type()).isEqualTo(Decoder.Type.ERROR);
    assertThat(decoded.errorText()).isEqualTo("NotSupported no such thing");
  }

  @Test
  void whatIsNoFrame_isNotRead() {
    for (String frame : List.of("", "{", "{}", "[]", "[2]", "[9,\"1\",{}]", "[2,\"1\",… (cut)")) {
      assertThat(Decoder.frame(Locale.ENGLISH, Protocol.OCPP_16, null, frame)).isEmpty();
    }
    assertThat(Decoder.frame(Locale.ENGLISH, Protocol.OCPP_16, null, "[2,1,\"Heartbeat\"]"))
        .isPresent();
  }

  @Test
  void checker_namesEveryWrongField() throws Exception {
    JsonNode payload =
        JSON.readTree(
            """
            {"evseId":"x","remoteStartId":1.5,"idToken":{"idToken":"%s","type":"Wood"},
             "chargingProfile":{"id":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile",
              "chargingProfileKind":"Absolute","chargingSchedule":[]}}\
            """
                .formatted("t".repeat(37)));
    MessageSpec spec =
        Dictionary.of(Protocol.OCPP_201).message("RequestStartTransaction").orElseThrow();
    Map<String, Complaint> found = Checker.check(spec.request(), payload);
    assertThat(found.keySet())
        .containsExactlyInAnyOrder(
            "evseId",
            "remoteStartId",
            "idToken.idToken",
            "idToken.type",
            "chargingProfile.chargingSchedule");
    assertThat(found.get("idToken.idToken")).isEqualTo(Complaint.of("field.too_long", 36));
  }

  @Test
  void names_becomeWords() {
    assertThat(FieldNames.field(Locale.ENGLISH, "chargingProfileId"))
        .isEqualTo("Charging profile ID");
    assertThat(FieldNames.field(Locale.ENGLISH, "evseId")).isEqualTo("EVSE ID");
    assertThat(FieldNames.field(Locale.ENGLISH, "ocppCsmsUrl")).isEqualTo("OCPP CSMS URL");
    assertThat(FieldNames.field(Locale.CHINESE, "idTag")).isEqualTo("卡号");
    assertThat(FieldNames.field(Locale.CHINESE, "inventedByAStation"))
        .isEqualTo("Invented by a station");
    assertThat(FieldNames.action(Locale.CHINESE, "UnlockConnector")).isEqualTo("解锁连接器");
  }

  @Test
  void everyFieldAndAction_hasAChineseName() {
    for (Protocol protocol : Protocol.values()) {
      for (MessageSpec message : Dictionary.of(protocol).messages()) {
        assertThat(FieldNames.action(Locale.CHINESE, message.action()))
            .as(message.action())
            .isNotEqualTo(FieldNames.action(Locale.ENGLISH, message.action()));
      }
    }
  }

  private static List<String> complaints(List<Line> lines) {
    return lines.stream()
        .filter(line -> line.complaint() != null)
        .map(line -> line.name() + " " + Objects.requireNonNull(line.complaint()).key())
        .toList();
  }
}
