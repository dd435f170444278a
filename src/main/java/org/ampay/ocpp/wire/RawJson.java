package org.ampay.ocpp.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * One JSON value kept as the text that was received, byte for byte.
 *
 * @param text valid JSON, nested at most {@link Wire#MAX_DEPTH} levels
 */
public record RawJson(String text) {

  public RawJson {
    requireJson(text);
  }

  /** The JSON text of a string. */
  public static RawJson ofString(String value) {
    StringWriter json = new StringWriter(value.length() + 2);
    try (JsonGenerator out = Wire.FACTORY.createGenerator(json)) {
      out.writeString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RawJson(json.toString());
  }

  private static void requireJson(String text) {
    try (JsonParser in = Wire.FACTORY.createParser(text)) {
      JsonToken first = in.nextToken();
      in.skipChildren();
      in.finishToken();
      if (first == null || in.nextToken() != null) {
        throw new IllegalArgumentException("not one JSON value");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }
}
