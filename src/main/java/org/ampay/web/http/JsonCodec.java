package org.ampay.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.ampay.base.Energy;
import org.ampay.base.Money;

/**
 * JSON of the API: names in snake_case, times in RFC 3339 with Z, money as {@code {"currency",
 * "minor"}}, energy in watt-hours. Reading is strict: unknown fields, wrong types and keys that
 * come twice are problems that name the field.
 */
public final class JsonCodec {

  private static final ObjectMapper MAPPER = mapper();

  private JsonCodec() {}

  /**
   * A request's body as a record, checked by its {@link Field} annotations.
   *
   * @throws ProblemException 400
   */
  public static <T extends Record> T read(String json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json.isBlank() ? "{}" : json, type);
      if (value == null) {
        throw Problem.badJson("must be an object").exception();
      }
      FieldChecks.check(value);
      return value;
    } catch (JsonMappingException e) {
      throw mappingProblem(e);
    } catch (JsonProcessingException e) {
      throw Problem.badJson(e.getOriginalMessage()).exception();
    }
  }

  /** The body as a tree. */
  public static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw Problem.badJson(e.getOriginalMessage()).exception();
    }
  }

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written: " + value.getClass(), e);
    }
  }

  private static ProblemException mappingProblem(JsonMappingException e) {
    if (e.getCause() instanceof ProblemException nested) {
      return nested;
    }
    String field = path(e);
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          Problem.badField(field, "is not known").exception();
      case InvalidFormatException wrong ->
          Problem.badField(field, "must be " + kind(wrong.getTargetType())).exception();
      case MismatchedInputException wrong ->
          Problem.badField(field, "must be " + kind(wrong.getTargetType())).exception();
      default ->
          field.isEmpty()
              ? Problem.badJson(e.getOriginalMessage()).exception()
              : Problem.badField(field, e.getOriginalMessage()).exception();
    };
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String kind(Class<?> type) {
    if (type == null) {
      return "another type";
    }
    if (type == Instant.class) {
      return "a time like 2026-01-31T12:00:00Z";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == Long.class || type == Integer.class) {
      return "a whole number";
    }
    if (Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (type == String.class || type == Ref.class) {
      return "a text";
    }
    return Iterable.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(30)
                    .maxNumberLength(40)
                    .maxStringLength(1_000_000)
                    .maxNameLength(1_000)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .addModule(values())
        .build();
  }

  private static SimpleModule values() {
    SimpleModule module = new SimpleModule("ampay");
    module.addSerializer(
        Instant.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(value.truncatedTo(ChronoUnit.MILLIS).toString());
          }
        });
    module.addSerializer(
        Energy.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(Energy value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeNumber(value.toWh());
          }
        });
    module.addSerializer(
        Money.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(Money value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeStartObject();
            out.writeStringField("currency", value.currency());
            out.writeNumberField("minor", value.minor());
            out.writeEndObject();
          }
        });
    module.addDeserializer(Instant.class, new InstantReader());
    return module;
  }

  private static final class InstantReader extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        try {
          return OffsetDateTime.parse(parser.getText()).toInstant();
        } catch (DateTimeException e) {
          throw InvalidFormatException.from(parser, "no time", parser.getText(), Instant.class);
        }
      }
      throw MismatchedInputException.from(parser, Instant.class, "no text");
    }
  }
}
