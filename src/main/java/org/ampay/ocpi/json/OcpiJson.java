package org.ampay.ocpi.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reading and writing of OCPI's JSON: numbers exact, depth and lengths bounded. */
public final class OcpiJson {

  private static final int DEPTH = 60;
  private static final int LONGEST_TEXT = 1_000_000;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  private OcpiJson() {}

  /** An object to fill. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The text of a node. */
  public static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /**
   * The tree of a body.
   *
   * @throws IOException if it is not JSON
   */
  public static JsonNode read(byte[] body) throws IOException {
    return MAPPER.readTree(body);
  }

  /**
   * The tree of a text.
   *
   * @throws IOException if it is not JSON
   */
  public static JsonNode read(String text) throws IOException {
    return MAPPER.readTree(text);
  }
}
