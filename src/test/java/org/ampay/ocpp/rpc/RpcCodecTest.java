package org.ampay.ocpp.rpc;

import static org.ampay.ocpp.wire.ErrorCode.FORMAT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.MESSAGE_TYPE_NOT_SUPPORTED;
import static org.ampay.ocpp.wire.ErrorCode.NOT_IMPLEMENTED;
import static org.ampay.ocpp.wire.ErrorCode.RPC_FRAMEWORK_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ampay.conformance.Proves;
import org.ampay.ocpp.v201.wire.HeartbeatResponse;
import org.ampay.ocpp.v201.wire.ResetEnumType;
import org.ampay.ocpp.v201.wire.ResetRequest;
import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.Payload;
import org.ampay.station.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcCodecTest {

  private final RpcCodec codec16 = new RpcCodec(Protocol.OCPP_16);
  private final RpcCodec codec201 = new RpcCodec(Protocol.OCPP_201);

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Optional<String> answer(RpcCodec codec, String frame) {
    return codec.answerTo((Frame.Malformed) codec.parse(frame)).map(RpcCodecTest::text);
  }

  @ParameterizedTest
  @EnumSource
  void call_isReadWithItsPayloadUntouched(Protocol protocol) {
    String payload = "{ \"a\" : [ 1.50,\"\\u00e9充\" ] }";
    assertThat(new RpcCodec(protocol).parse(" [2 ,\"é🔌\", \"Heartbeat\" , " + payload + "\n]\r\n"))
        .isEqualTo(new Frame.Call("é🔌", "Heartbeat", Payload.of(payload)));
  }

  @Test
  void escapesInIdAndAction_areDecoded() {
    assertThat(codec201.parse("[2,\"a\\u0022\\n\",\"Heart\\u0062eat\",{}]"))
        .isEqualTo(new Frame.Call("a\"\n", "Heartbeat", Payload.of("{}")));
  }

  @ParameterizedTest
  @EnumSource
  void results_areRead(Protocol protocol) {
    RpcCodec codec = new RpcCodec(protocol);
    assertThat(codec.parse("[3,\"1\",{\"status\":\"Accepted\"}]"))
        .isEqualTo(new Frame.CallResult("1", Payload.of("{\"status\":\"Accepted\"}")));
    assertThat(codec.parse("[4,\"1\",\"FormationViolation\",\"no\",{\"a\":1}]"))
        .isEqualTo(new Frame.CallError("1", "FormationViolation", "no", Payload.of("{\"a\":1}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[4,\"1\"] | ''",
        "[4,\"1\",\"GenericError\"] | GenericError",
        "[4,\"1\",\"GenericError\",\"\"] | GenericError",
        "[4,\"1\",\"GenericError\",null,null] | GenericError",
        "[4,\"1\",\"GenericError\",\"\",{},1,[]] | GenericError",
        "[4,\"1\",[[]],{}] | ''",
      })
  void incompleteError_isStillAnError(String text, String code) {
    assertThat(codec201.parse(text))
        .isInstanceOfSatisfying(
            Frame.CallError.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  @Test
  void payloadOfAnyType_isLeftToTheReader() {
    assertThat(codec201.parse("[2,\"1\",\"Heartbeat\",null]"))
        .isEqualTo(new Frame.Call("1", "Heartbeat", Payload.of("null")));
    assertThat(codec201.parse("[2,\"1\",\"Heartbeat\",[1]]"))
        .isEqualTo(new Frame.Call("1", "Heartbeat", Payload.of("[1]")));
    assertThat(codec201.parse("[2,\"1\",\"Heartbeat\",\"a\\\"b\"]"))
        .isEqualTo(new Frame.Call("1", "Heartbeat", Payload.of("\"a\\\"b\"")));
    assertThat(codec201.parse("[2,\"1\",\"Heartbeat\",12]"))
        .isEqualTo(new Frame.Call("1", "Heartbeat", Payload.of("12")));
  }

  @Test
  void nullPayloadOf16_isAnEmptyOne() {
    assertThat(codec16.parse("[2,\"1\",\"Heartbeat\",null]"))
        .isEqualTo(new Frame.Call("1", "Heartbeat", Payload.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "{",
        "[",
        "[2",
        "[2,\"1\",\"Heartbeat\",{]",
        "[2,\"1\",\"Heartbeat\",{}",
        "[2,\"1\",\"Heartbeat\",{}]]",
        "[2,\"1\",\"Heartbeat\",{}] x",
        "[2,\"1\",\"Heartbeat\",{}][2,\"2\",\"Heartbeat\",{}]",
        "[2,\"1\",\"Heartbeat\",{\"a\":NaN}]",
        "[2,\"1\",\"Heartbeat\",{'a':1}]",
        "[2,\"1\",\"Heartbeat\",{\"a\":1,}]",
        "[2,\"1\",\"Heartbeat\",{/**/}]",
        "[2,\"1\",\"Heart\nbeat\",{}]",
        "{}",
        "\"text\"",
        "null",
        "\uFEFF[2,\"1\",\"Heartbeat\",{}]",
      })
  @Proves("P4.4.2.3")
  void unreadableText_isAnsweredWithMinusOneIn201AndSilenceIn16(String frame) {
    assertThat(codec201.parse(frame))
        .isInstanceOfSatisfying(
            Frame.Malformed.class,
            malformed -> {
              assertThat(malformed.id()).isNull();
              assertThat(malformed.code()).isEqualTo(RPC_FRAMEWORK_ERROR);
            });
    assertThat(answer(codec201, frame))
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("[4,\"-1\",\"RpcFrameworkError\",\""));
    assertThat(answer(codec16, frame)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2,\"1\"]",
        "[2,\"1\",\"Heartbeat\"]",
        "[2,\"1\",5,{}]",
        "[2,\"1\",null,{}]",
        "[2,\"1\",\"Heartbeat\",{},1]",
        "[\"2\",\"1\",\"Heartbeat\",{}]",
        "[2.0,\"1\",\"Heartbeat\",{}]",
        "[null,\"1\"]",
      })
  void brokenFrameWithId_isAnsweredInBothVersions(String frame) {
    assertThat(answer(codec201, frame))
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("[4,\"1\",\"RpcFrameworkError\",\""));
    assertThat(answer(codec16, frame))
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("[4,\"1\",\"FormationViolation\",\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[2]",
        "[2,5,\"Heartbeat\",{}]",
        "[2,null,\"Heartbeat\",{}]",
        "[2,{},\"Heartbeat\",{}]",
        "[[2],[\"1\"]]"
      })
  void frameWithoutId_isAnsweredLikeUnreadableText(String frame) {
    assertThat(answer(codec201, frame))
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("[4,\"-1\",\"RpcFrameworkError\",\""));
    assertThat(answer(codec16, frame)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[3,\"1\"]", "[3,\"1\",{},{}]", "[3]", "[3,1,{}]", "[4]", "[4,{}]"})
  void brokenAnswer_isNeverAnswered(String frame) {
    assertThat(answer(codec201, frame)).isEmpty();
    assertThat(answer(codec16, frame)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "5", "6", "-2", "99", "20000000000", "99999999999999999999999999"})
  @Proves({"1.6/connection/7", "P4.4.1.3"})
  void unknownMessageType_isRefusedBy201AndPassedOverBy16(String type) {
    String frame = "[" + type + ",\"1\",{},{}]";
    assertThat(((Frame.Malformed) codec201.parse(frame)).code())
        .isEqualTo(MESSAGE_TYPE_NOT_SUPPORTED);
    assertThat(answer(codec201, frame))
        .contains("[4,\"1\",\"MessageTypeNotSupported\",\"unknown message type\",{}]");
    assertThat(answer(codec201, "[" + type + "]"))
        .contains("[4,\"-1\",\"MessageTypeNotSupported\",\"unknown message type\",{}]");
    assertThat(answer(codec16, frame)).isEmpty();
  }

  @Test
  void longIds_arePastTheLimitOf201Only() {
    String id = "x".repeat(36);
    assertThat(codec201.parse("[2,\"" + id + "\",\"Heartbeat\",{}]"))
        .isInstanceOf(Frame.Call.class);
    String longer = "[2,\"" + id + "x\",\"Heartbeat\",{}]";
    assertThat(answer(codec201, longer))
        .contains("[4,\"-1\",\"RpcFrameworkError\",\"message id too long\",{}]");
    assertThat(codec16.parse(longer)).isInstanceOf(Frame.Call.class);
    String huge = "[2,\"" + "x".repeat(1_000_000) + "\",\"Heartbeat\",{}]";
    assertThat(answer(codec16, huge)).isEmpty();
  }

  @Test
  void longAction_isNotImplemented() {
    String frame = "[2,\"1\",\"" + "A".repeat(100_000) + "\",{}]";
    assertThat(codec201.parse(frame))
        .isEqualTo(new Frame.Malformed(2, "1", NOT_IMPLEMENTED, "action too long"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void deepNesting_isFormatViolation(String open) {
    String payload = "{\"a\":" + open.repeat(100_000);
    Frame frame = codec201.parse("[2,\"1\",\"Heartbeat\"," + payload);
    assertThat(frame)
        .isEqualTo(new Frame.Malformed(2, "1", FORMAT_VIOLATION, "nested too deep or too long"));
    String within = "[".repeat(32) + "]".repeat(32);
    assertThat(codec201.parse("[2,\"1\",\"Heartbeat\"," + within + "]"))
        .isInstanceOf(Frame.Call.class);
    assertThat(codec201.parse("[2,\"1\",\"Heartbeat\",[" + within + "]]"))
        .isInstanceOf(Frame.Malformed.class);
    assertThat(codec201.parse("[".repeat(100_000))).isInstanceOf(Frame.Malformed.class);
  }

  @Test
  @Proves("P4.4.1.2")
  void otherEncodings_areUnreadable() {
    String frame = "[2,\"1\",\"Heartbeat\",{}]";
    for (Charset charset :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      assertThat(codec201.parse(frame.getBytes(charset))).isInstanceOf(Frame.Malformed.class);
    }
    byte[] broken = frame.replace("1", "é").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(codec201.parse(broken)).isInstanceOf(Frame.Malformed.class);
  }

  @Test
  void mutilatedFrames_neverThrow() {
    byte[] frame =
        "[2,\"19223201\",\"BootNotification\",{\"reason\":\"PowerUp\",\"n\":[1.5e3,true,null]}]"
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] mutilated = frame.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        mutilated[random.nextInt(mutilated.length)] = (byte) random.nextInt();
      }
      RpcCodec codec = i % 2 == 0 ? codec16 : codec201;
      if (codec.parse(mutilated) instanceof Frame.Malformed malformed) {
        codec.answerTo(malformed);
      }
    }
  }

  @Test
  void frames_areWrittenAsTheyAreRead() {
    HeartbeatResponse heartbeat = HeartbeatResponse.of(Instant.parse("2026-07-01T12:00:00Z"));
    assertThat(text(codec201.callResult("é\"", heartbeat)))
        .isEqualTo("[3,\"é\\\"\",{\"currentTime\":\"2026-07-01T12:00:00.000Z\"}]");
    assertThat(text(codec201.call("1", "Reset", ResetRequest.of(ResetEnumType.OnIdle))))
        .isEqualTo("[2,\"1\",\"Reset\",{\"type\":\"OnIdle\"}]");
    assertThat(text(codec201.call("1", "Reset", Payload.of("{ \"type\":\"充\"}"))))
        .isEqualTo("[2,\"1\",\"Reset\",{ \"type\":\"充\"}]");
  }

  @Test
  void errors_areSpelledAsTheVersionDoesAndCut() {
    assertThat(text(codec16.callError("1", ErrorCode.OCCURRENCE_CONSTRAINT_VIOLATION, "a\"b")))
        .isEqualTo("[4,\"1\",\"OccurenceConstraintViolation\",\"a\\\"b\",{}]");
    assertThat(text(codec201.callError("1", ErrorCode.OCCURRENCE_CONSTRAINT_VIOLATION, "")))
        .isEqualTo("[4,\"1\",\"OccurrenceConstraintViolation\",\"\",{}]");
    assertThat(codec201.parse(codec201.callError("1", NOT_IMPLEMENTED, "é" + "🔌".repeat(300))))
        .isInstanceOfSatisfying(
            Frame.CallError.class,
            error -> assertThat(error.description()).isEqualTo("é" + "🔌".repeat(127)));
    assertThat(codec201.parse(codec201.callError("1", NOT_IMPLEMENTED, "🔌".repeat(300))))
        .isInstanceOfSatisfying(
            Frame.CallError.class,
            error -> assertThat(error.description()).isEqualTo("🔌".repeat(127)));
  }
}
