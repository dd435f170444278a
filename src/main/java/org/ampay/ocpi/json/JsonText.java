package org.ampay.ocpi.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes JSON objects: numbers as they are, times with {@code Z}, nothing where there is null. */
public final class JsonText {

  private static final int USUAL_CHARS = 2_048;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build())
          .build();

  private final JsonGenerator generator;

  private JsonText(JsonGenerator generator) {
    this.generator = generator;
  }

  /** What writes the fields of an object. */
  @FunctionalInterface
  public interface Fields {
    void write(JsonText json) throws IOException;
  }

  /** The text of an object. */
  public static String of(Fields fields) {
    StringWriter text = new StringWriter(USUAL_CHARS);
    try (JsonGenerator g = JSON.createGenerator(text)) {
      g.writeStartObject();
      fields.write(new JsonText(g));
      g.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail", e);
    }
    return text.toString();
  }

  /** {@code yyyy-MM-dd'T'HH:mm:ss[.SSS]'Z'}. */
  public static String time(Instant at) {
    return OcpiTime.write(at);
  }

  public JsonText text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      generator.writeStringField(name, value);
    }
    return this;
  }

  public JsonText time(String name, @Nullable Instant value) throws IOException {
    return text(name, value == null ? null : time(value));
  }

  public JsonText number(String name, @Nullable BigDecimal value) throws IOException {
    if (value != null) {
      generator.writeNumberField(name, value);
    }
    return this;
  }

  public JsonText bool(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
    return this;
  }

  /** An object in a field. */
  public JsonText object(String name, Fields fields) throws IOException {
    generator.writeObjectFieldStart(name);
    fields.write(this);
    generator.writeEndObject();
    return this;
  }

  /** An object in a list. */
  public JsonText item(Fields fields) throws IOException {
    generator.writeStartObject();
    fields.write(this);
    generator.writeEndObject();
    return this;
  }

  /** A list in a field; {@code items} writes each by {@link #item}. */
  public JsonText list(String name, Fields items) throws IOException {
    generator.writeArrayFieldStart(name);
    items.write(this);
    generator.writeEndArray();
    return this;
  }

  /** A tree in a list. */
  public JsonText tree(JsonNode node) throws IOException {
    generator.writeTree(node);
    return this;
  }
}
