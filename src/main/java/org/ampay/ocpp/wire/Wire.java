package org.ampay.ocpp.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Writing of wire records, and the limits of what is read. */
public final class Wire {

  /** How deep a payload may be nested, itself included. */
  public static final int MAX_DEPTH = 32;

  /** Characters of a number. */
  public static final int MAX_NUMBER_LENGTH = 100;

  static final JsonFactory FACTORY = factory(MAX_DEPTH);

  private Wire() {}

  /**
   * A factory of strict JSON parsers. Field names are not interned: names that stations invent must
   * not fill the string table of the whole process.
   */
  public static JsonFactory factory(int maxDepth) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();
  }

  /** The JSON text of a record as UTF-8. */
  public static byte[] toBytes(WireObject object) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(256)) {
      try (JsonGenerator out = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
        object.write(out);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      // Nothing here reads or writes a device.
      throw new UncheckedIOException(e);
    }
  }

  /** The JSON text of a record. */
  public static String toJson(WireObject object) {
    return new String(toBytes(object), StandardCharsets.UTF_8);
  }

  /**
   * Whether bytes may be UTF-8 JSON at all. Jackson would guess other encodings from a byte order
   * mark or from zero bytes; OCPP allows UTF-8 only, and our byte offsets rely on it.
   */
  public static boolean startsLikeUtf8(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + Math.min(length, 4); i++) {
      int b = bytes[i] & 0xff;
      if (b == 0 || b == 0xfe || b == 0xff || (i == offset && b == 0xef)) {
        return false;
      }
    }
    return true;
  }

  /** Writes an instant with milliseconds and Z. */
  public static void writeDateTime(JsonGenerator out, Instant instant) throws IOException {
    out.writeString(DateTimes.format(instant));
  }

  /** Writes an array of objects. */
  public static void writeObjects(JsonGenerator out, List<? extends WireObject> items)
      throws IOException {
    out.writeStartArray();
    for (WireObject item : items) {
      item.write(out);
    }
    out.writeEndArray();
  }

  /** Writes an array of enum values. */
  public static void writeEnums(JsonGenerator out, List<? extends WireEnum> items)
      throws IOException {
    out.writeStartArray();
    for (WireEnum item : items) {
      out.writeString(item.wireName());
    }
    out.writeEndArray();
  }

  /** Writes an array of strings. */
  public static void writeStrings(JsonGenerator out, List<String> items) throws IOException {
    out.writeStartArray();
    for (String item : items) {
      out.writeString(item);
    }
    out.writeEndArray();
  }

  /** Writes an array of integers. */
  public static void writeIntegers(JsonGenerator out, List<Integer> items) throws IOException {
    out.writeStartArray();
    for (int item : items) {
      out.writeNumber(item);
    }
    out.writeEndArray();
  }
}
