package org.ampay.ocpi.cdr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a CDR's signed data of what stations sent beside their readings. OCPP 2.0.1 sends Base64
 * (SignedMeterValueType), OCPP 1.6 whatever the meter wrote. Both are told unchanged; the other
 * form is derived. A value that is longer than OCPI takes makes all of it empty: cut, nobody could
 * check it.
 */
public final class SignedReadings {

  private static final int MAX_VALUE = 5_000;
  private static final int MAX_KEY = 512;
  private static final int MAX_ENCODING = 36;
  private static final JsonMapper JSON = new JsonMapper();

  private SignedReadings() {}

  /**
   * A reading's other values.
   *
   * @param context {@code Transaction.Begin} …; null: not told
   * @param extra JSON text
   */
  public record Reading(@Nullable String context, String extra) {}

  /** The signed data of a session's readings; empty when there is none, or it does not fit. */
  public static Optional<SignedData> of(List<Reading> readings) {
    List<SignedData.Value> values = new ArrayList<>();
    String encoding = null;
    String key = null;
    for (Reading reading : readings) {
      for (JsonNode value : tree(reading.extra())) {
        JsonNode signed = value.path("signedMeterValue");
        boolean bare = "SignedData".equals(value.path("format").textValue());
        String data = bare ? text(value, "value") : text(signed, "signedMeterData");
        if (data != null && !data.isEmpty()) {
          values.add(value(nature(reading.context()), data));
          encoding = first(encoding, text(signed, "encodingMethod"));
          key = first(key, text(signed, "publicKey"));
        }
      }
    }
    boolean fits =
        values.stream().allMatch(v -> v.plain().length() <= MAX_VALUE)
            && values.stream().allMatch(v -> v.signed().length() <= MAX_VALUE);
    if (values.isEmpty() || !fits) {
      return Optional.empty();
    }
    String method = encoding == null ? guess(values.getFirst().plain()) : encoding;
    boolean usable = key != null && !key.isEmpty() && key.length() <= MAX_KEY;
    return method.length() > MAX_ENCODING
        ? Optional.empty()
        : Optional.of(new SignedData(method, usable ? key : null, values));
  }

  private static SignedData.Value value(String nature, String data) {
    byte[] decoded = decoded(data);
    if (decoded == null) {
      String base64 = Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
      return new SignedData.Value(nature, data, base64);
    }
    return new SignedData.Value(nature, readable(decoded).orElse(data), data);
  }

  private static byte @Nullable [] decoded(String data) {
    try {
      return Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Optional<String> readable(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.isEmpty() || text.chars().anyMatch(Character::isISOControl)
          ? Optional.empty()
          : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String nature(@Nullable String context) {
    if (context == null) {
      return "Intermediate";
    }
    return switch (context) {
      case "Transaction.Begin" -> "Start";
      case "Transaction.End" -> "End";
      default -> "Intermediate";
    };
  }

  private static String guess(String plain) {
    return plain.startsWith("OCMF|") ? "OCMF" : "unknown";
  }

  private static @Nullable String first(@Nullable String known, @Nullable String other) {
    return known == null || known.isEmpty() ? other : known;
  }

  private static JsonNode tree(String extra) {
    try {
      return JSON.readTree(extra);
    } catch (JsonProcessingException e) {
      return JSON.createArrayNode();
    }
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }
}
