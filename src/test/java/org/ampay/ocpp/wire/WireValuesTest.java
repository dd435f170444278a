package org.ampay.ocpp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ampay.conformance.Proves;
import org.ampay.station.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireValuesTest {

  @Test
  @Proves("1.6/connection/8")
  void errorCodes_areReadInEitherSpelling() {
    assertThat(ErrorCode.parse("FormationViolation")).contains(ErrorCode.FORMAT_VIOLATION);
    assertThat(ErrorCode.parse("FormatViolation")).contains(ErrorCode.FORMAT_VIOLATION);
    assertThat(ErrorCode.parse("OccurenceConstraintViolation"))
        .isEqualTo(ErrorCode.parse("OccurrenceConstraintViolation"))
        .contains(ErrorCode.OCCURRENCE_CONSTRAINT_VIOLATION);
    assertThat(ErrorCode.parse("MessageTypeNotSupported"))
        .contains(ErrorCode.MESSAGE_TYPE_NOT_SUPPORTED);
    assertThat(ErrorCode.parse("NotSupported")).contains(ErrorCode.NOT_SUPPORTED);
    assertThat(ErrorCode.parse("Whatever")).isEmpty();
  }

  @Test
  void errorCodesOf16_areThoseOfTheSpecification() {
    assertThat(Arrays.stream(ErrorCode.values()).map(code -> code.text(Protocol.OCPP_16)))
        .isSubsetOf(
            "NotImplemented",
            "NotSupported",
            "InternalError",
            "ProtocolError",
            "SecurityError",
            "FormationViolation",
            "PropertyConstraintViolation",
            "OccurenceConstraintViolation",
            "TypeConstraintViolation",
            "GenericError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1]}", "\"a\"", "null", "-1.5e3", "[ ]"})
  void rawJson_takesOneValue(String text) {
    assertThat(new RawJson(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{} {}", "a", "\"a", "[1}", "1 2"})
  void rawJson_takesNothingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RawJson(text));
  }

  @Test
  void payload_isEqualByContent() {
    byte[] frame = "xx{}y".getBytes(StandardCharsets.UTF_8);
    Payload slice = new Payload(frame, 2, 2);
    assertThat(slice).isEqualTo(Payload.EMPTY).hasSameHashCodeAs(Payload.EMPTY);
    assertThat(slice).isNotEqualTo(Payload.of("[]"));
    assertThat(slice.text()).isEqualTo("{}");
    assertThat(slice.toBytes()).hasSize(2);
    assertThat(slice).hasToString("Payload[2 bytes]");
    assertThatIllegalArgumentException().isThrownBy(() -> new Payload(frame, 4, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Payload(frame, 2, -1));
  }
}
