package org.ampay.ocpp.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.ocpp.wire.Direction;
import org.ampay.station.Protocol;

/** The messages of one OCPP version, read from {@code ocpp-schemas/}. */
public final class Dictionary {

  private static final Map<Protocol, Dictionary> ALL =
      Map.of(
          Protocol.OCPP_16, read(Protocol.OCPP_16),
          Protocol.OCPP_201, read(Protocol.OCPP_201));

  private final Map<String, MessageSpec> messages;

  private Dictionary(Map<String, MessageSpec> messages) {
    this.messages = messages;
  }

  /** The dictionary of a version. */
  public static Dictionary of(Protocol protocol) {
    return java.util.Objects.requireNonNull(ALL.get(protocol));
  }

  /** The message of an action. */
  public Optional<MessageSpec> message(String action) {
    return Optional.ofNullable(messages.get(action));
  }

  /** All messages. */
  public Collection<MessageSpec> messages() {
    return messages.values();
  }

  /** Those that may be sent to a station. */
  public List<MessageSpec> commands() {
    return messages.values().stream().filter(m -> m.direction().toStation()).toList();
  }

  private static Dictionary read(Protocol protocol) {
    String name = "ocpp-schemas/ocpp-" + protocol.version() + ".json";
    try (InputStream in = Dictionary.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new Dictionary(read(new ObjectMapper().readTree(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, MessageSpec> read(JsonNode root) {
    Notation notation = new Notation(root.get("types"), root.get("enums"));
    Map<String, MessageSpec> messages = new LinkedHashMap<>();
    for (var entry : root.get("messages").properties()) {
      JsonNode message = entry.getValue();
      messages.put(
          entry.getKey(),
          new MessageSpec(
              entry.getKey(),
              direction(message.get("direction").asText()),
              message.get("block").asText(),
              notation.fields(message.get("request")),
              notation.fields(message.get("response"))));
    }
    return messages;
  }

  private static Direction direction(String text) {
    return switch (text) {
      case "CS->CSMS" -> Direction.FROM_STATION;
      case "CSMS->CS" -> Direction.TO_STATION;
      case "both" -> Direction.BOTH;
      default -> throw new IllegalStateException("unknown direction '" + text + "'");
    };
  }
}
