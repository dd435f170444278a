package org.ampay.build.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One dictionary of ocpp-schemas/: the messages, types and enums of an OCPP version. */
record Dictionary(
    String version, List<Message> messages, List<ObjectType> types, List<Enumeration> enums) {

  private static final String CUSTOM_DATA = "CustomDataType";

  /**
   * Registers in Wh that 1.6 has as integers: a megawatt outlet passes 31 bits in three months, and
   * its readings must not be refused then.
   */
  private static final Set<String> REGISTERS =
      Set.of("StartTransaction.meterStart", "StopTransaction.meterStop");

  /**
   * An action.
   *
   * @param direction {@code CS->CSMS}, {@code CSMS->CS} or {@code both}
   * @param response empty for a message that is not answered (2.1)
   */
  record Message(
      String action,
      String direction,
      String block,
      ObjectType request,
      Optional<ObjectType> response) {}

  /**
   * A record to be.
   *
   * @param open takes fields that the dictionary does not have
   */
  record ObjectType(String javaName, List<Field> fields, boolean open) {}

  /** An enum to be. */
  record Enumeration(String javaName, List<String> values) {}

  static Dictionary read(Path file) throws IOException {
    return new Reader(new ObjectMapper().readTree(file.toFile())).dictionary();
  }

  private static final class Reader {
    private final JsonNode root;
    private final Notation notation;
    private final Set<String> open;
    private final Set<String> noCustomData;
    private final boolean customData;

    Reader(JsonNode root) {
      this.root = root;
      Set<String> types = names(root.get("types"));
      this.notation = new Notation(types, names(root.get("enums")));
      this.open = Set.copyOf(texts(root.get("meta").path("open")));
      this.noCustomData = Set.copyOf(texts(root.get("meta").path("noCustomData")));
      this.customData = types.contains(CUSTOM_DATA);
    }

    Dictionary dictionary() {
      List<Message> messages = new ArrayList<>();
      for (var entry : root.get("messages").properties()) {
        messages.add(message(entry.getKey(), entry.getValue()));
      }
      List<ObjectType> types = new ArrayList<>();
      for (var entry : root.get("types").properties()) {
        types.add(object(entry.getKey(), Names.type(entry.getKey()), entry.getValue()));
      }
      List<Enumeration> enums = new ArrayList<>();
      for (var entry : root.get("enums").properties()) {
        enums.add(new Enumeration(Names.type(entry.getKey()), texts(entry.getValue())));
      }
      check("messages", messages.size());
      check("types", types.size());
      check("enums", enums.size());
      return new Dictionary(root.get("meta").get("version").asText(), messages, types, enums);
    }

    private void check(String what, int count) {
      int expected = root.get("meta").get(what).asInt();
      if (count != expected) {
        throw new IllegalStateException(count + " " + what + " instead of " + expected);
      }
    }

    private Message message(String action, JsonNode message) {
      JsonNode response = message.get("response");
      return new Message(
          action,
          message.get("direction").asText(),
          message.get("block").asText(),
          object(action, action + "Request", message.get("request")),
          response.isNull()
              ? Optional.empty()
              : Optional.of(object(action, action + "Response", response)));
    }

    private ObjectType object(String name, String javaName, JsonNode object) {
      List<Field> fields = new ArrayList<>();
      for (var entry : object.properties()) {
        Field field = notation.parse(entry.getKey(), entry.getValue().asText());
        boolean register = REGISTERS.contains(name + '.' + field.name());
        fields.add(register ? field.asWide() : field);
      }
      if (customData && !noCustomData.contains(name)) {
        fields.add(notation.parse("customData", CUSTOM_DATA));
      }
      if (fields.size() > Long.SIZE) {
        throw new IllegalStateException(name + " has more fields than a long has bits");
      }
      return new ObjectType(javaName, List.copyOf(fields), open.contains(name));
    }

    private static Set<String> names(JsonNode object) {
      Set<String> names = new HashSet<>();
      object.fieldNames().forEachRemaining(names::add);
      return names;
    }

    private static List<String> texts(JsonNode array) {
      List<String> texts = new ArrayList<>();
      array.forEach(value -> texts.add(value.asText()));
      return List.copyOf(texts);
    }
  }
}
