package org.ampay.ocpp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ampay.ocpp.v16.wire.Messages16;
import org.ampay.ocpp.v201.wire.Messages201;
import org.ampay.station.Protocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The generated readers against a standard validator, over random payloads of every message of both
 * versions in both directions: what one accepts or rejects, so does the other.
 */
class DictionaryTest {

  private static final int VALID_ROUNDS = 12;

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_7,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  /** One payload shape: a request or a response. */
  private record Shape(String name, JsonNode schema, Schema validator, Reading reading) {

    boolean isValid(String json) {
      return validator.validate(json, InputFormat.JSON).isEmpty();
    }

    WireObject read(String json) throws WireException {
      return reading.read(json.getBytes(StandardCharsets.UTF_8));
    }
  }

  private interface Reading {
    WireObject read(byte[] utf8) throws WireException;
  }

  private static List<? extends MessageType<?, ?>> messages(Protocol protocol) {
    return switch (protocol) {
      case OCPP_16 -> Messages16.ALL;
      case OCPP_201 -> Messages201.ALL;
    };
  }

  private static List<Shape> shapes(Protocol protocol) {
    JsonSchemas schemas = new JsonSchemas(protocol);
    return messages(protocol).stream()
        .flatMap(
            type -> {
              String action = type.action();
              return Stream.of(
                  shape(action + " request", schemas.request(action), type::readRequest),
                  shape(action + " response", schemas.response(action), type::readResponse));
            })
        .toList();
  }

  private static Shape shape(String name, JsonNode schema, Reading reading) {
    return new Shape(
        name, schema, REGISTRY.getSchema(schema.toString(), InputFormat.JSON), reading);
  }

  @ParameterizedTest
  @EnumSource
  void everyMessageOfTheDictionary_hasItsType(Protocol protocol) {
    int expected =
        switch (protocol) {
          case OCPP_16 -> 39;
          case OCPP_201 -> 64;
        };
    assertThat(messages(protocol)).hasSize(expected);
    assertThat(new JsonSchemas(protocol).messages()).isEqualTo(expected);
    assertThat(messages(protocol)).allMatch(type -> type.protocol() == protocol);
  }

  @ParameterizedTest
  @EnumSource
  void validPayloads_areAcceptedByBothAndSurviveTheRoundTrip(Protocol protocol) throws Exception {
    RandomPayloads payloads = new RandomPayloads(20260701, false);
    for (Shape shape : shapes(protocol)) {
      for (int round = 0; round < VALID_ROUNDS; round++) {
        String json = payloads.of(shape.schema).toString();
        assertThat(shape.validator.validate(json, InputFormat.JSON)).as(json).isEmpty();
        WireObject first = read(shape, json);
        String written = Wire.toJson(first);
        assertThat(shape.isValid(written)).as("%s wrote %s", shape.name, written).isTrue();
        WireObject second = read(shape, written);
        assertThat(second).isEqualTo(first);
        assertThat(Wire.toJson(second)).isEqualTo(written);
      }
    }
  }

  private static WireObject read(Shape shape, String json) {
    try {
      return shape.read(json);
    } catch (WireException e) {
      throw new AssertionError(shape.name + " refused " + json, e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void brokenPayloads_areRejectedByBothWithCodeAndField(Protocol protocol) {
    RandomPayloads whole = new RandomPayloads(20260702, true);
    RandomPayloads sparse = new RandomPayloads(20260703, false);
    Set<String> kinds = new TreeSet<>();
    for (Shape shape : shapes(protocol)) {
      for (RandomPayloads payloads : List.of(whole, sparse)) {
        JsonNode payload = payloads.of(shape.schema);
        for (Violations.Violation violation : Violations.of(shape.schema, payload)) {
          kinds.add(violation.kind());
          check(shape, violation);
        }
      }
    }
    assertThat(kinds)
        .contains("missing", "null", "too long", "enum", "format", "too few items", "fraction")
        .contains("number for text", "text for number", "object for array", "array for object");
    switch (protocol) {
      case OCPP_16 -> assertThat(kinds).contains("step").doesNotContain("unknown field");
      case OCPP_201 ->
          assertThat(kinds).contains("unknown field", "too many items", "too small", "too large");
    }
  }

  private static void check(Shape shape, Violations.Violation violation) {
    Supplier<String> what = () -> shape.name + ", " + violation.kind() + ": " + violation.json();
    assertThat(shape.isValid(violation.json())).as(what).isFalse();
    WireException refusal =
        catchThrowableOfType(WireException.class, () -> shape.read(violation.json()));
    assertThat(refusal).as(what).isNotNull();
    assertThat(refusal.code()).as(what).isEqualTo(violation.code());
    assertThat(refusal.field()).as(what).isEqualTo(violation.field());
  }
}
