package org.ampay.web.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ampay.ocpp.dictionary.Dictionary;
import org.ampay.ocpp.dictionary.FieldSpec;
import org.ampay.ocpp.dictionary.MessageSpec;
import org.ampay.station.Protocol;
import org.jspecify.annotations.Nullable;

/** Takes messages apart, field by field, and marks what breaks the dictionary. */
public final class Decoder {

  private static final int MOST_LINES = 2_000;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Locale locale;
  private final Map<String, Complaint> complaints;
  private final List<Line> lines = new ArrayList<>();

  private Decoder(Locale locale, Map<String, Complaint> complaints) {
    this.locale = locale;
    this.complaints = new LinkedHashMap<>(complaints);
  }

  /** What a frame is. */
  public enum Type {
    CALL,
    RESULT,
    ERROR
  }

  /**
   * A frame taken apart.
   *
   * @param action null when it is not known
   * @param errorText of a CALLERROR, its code and description
   */
  public record Decoded(
      Type type, String messageId, @Nullable String action, String errorText, List<Line> lines) {}

  /**
   * Takes a frame apart.
   *
   * @param action of the call that it answers; null when not known
   * @return empty when it is no frame, or was cut
   */
  public static Optional<Decoded> frame(
      Locale locale, @Nullable Protocol protocol, @Nullable String action, String frame) {
    JsonNode tree;
    try {
      tree = JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (!tree.isArray() || tree.size() < 3) {
      return Optional.empty();
    }
    String id = tree.get(1).asText();
    return switch (tree.get(0).asInt()) {
      case 2 -> {
        String called = tree.get(2).asText();
        List<Line> lines =
            lines(locale, spec(protocol, called).map(MessageSpec::request), tree.path(3));
        yield Optional.of(new Decoded(Type.CALL, id, called, "", lines));
      }
      case 3 -> {
        List<Line> lines =
            lines(locale, spec(protocol, action).map(MessageSpec::response), tree.get(2));
        yield Optional.of(new Decoded(Type.RESULT, id, action, "", lines));
      }
      case 4 -> {
        String text = (tree.get(2).asText() + " " + tree.path(3).asText()).strip();
        List<Line> lines = lines(locale, Optional.empty(), tree.path(4));
        yield Optional.of(new Decoded(Type.ERROR, id, action, text, lines));
      }
      default -> Optional.empty();
    };
  }

  /** The lines of an answer's payload. */
  public static List<Line> answer(
      Locale locale, @Nullable Protocol protocol, String action, String payload) {
    return payload(locale, spec(protocol, action).map(MessageSpec::response), payload);
  }

  /** The lines of a request's payload. */
  public static List<Line> request(
      Locale locale, @Nullable Protocol protocol, String action, String payload) {
    return payload(locale, spec(protocol, action).map(MessageSpec::request), payload);
  }

  private static List<Line> payload(
      Locale locale, Optional<List<FieldSpec>> fields, String payload) {
    try {
      return lines(locale, fields, JSON.readTree(payload));
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  private static Optional<MessageSpec> spec(@Nullable Protocol protocol, @Nullable String action) {
    return protocol == null || action == null
        ? Optional.empty()
        : Dictionary.of(protocol).message(action);
  }

  private static List<Line> lines(
      Locale locale, Optional<List<FieldSpec>> fields, JsonNode payload) {
    Decoder decoder =
        new Decoder(locale, fields.map(f -> Checker.check(f, payload)).orElse(Map.of()));
    decoder.fields("", 0, payload);
    // Those that are missing have no line yet.
    decoder.complaints.forEach(
        (path, complaint) ->
            decoder.add(
                new Line(
                    0,
                    path,
                    FieldNames.field(locale, path.substring(path.lastIndexOf('.') + 1)),
                    "",
                    complaint)));
    return List.copyOf(decoder.lines);
  }

  private void fields(String path, int depth, JsonNode node) {
    for (var entry : node.properties()) {
      String name = entry.getKey();
      one(
          path.isEmpty() ? name : path + "." + name,
          depth,
          name,
          FieldNames.field(locale, name),
          entry.getValue());
    }
  }

  private void one(String path, int depth, String name, String label, JsonNode value) {
    String shown = value.isValueNode() ? value.asText() : "";
    add(new Line(depth, name, label, shown, complaints.remove(path)));
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        String item = "[" + i + "]";
        one(path + item, depth + 1, item, String.valueOf(i + 1), value.get(i));
      }
    } else {
      fields(path, depth + 1, value);
    }
  }

  private void add(Line line) {
    if (lines.size() < MOST_LINES) {
      lines.add(line);
    }
  }
}
