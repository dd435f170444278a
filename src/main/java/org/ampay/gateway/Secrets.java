package org.ampay.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ampay.base.UrlSecrets;
import org.ampay.ocpp.wire.Wire;

/**
 * Takes passwords, keys and PIN codes out of frames before they are kept. A frame without any of
 * them stays as it came, byte for byte.
 */
final class Secrets {

  private static final String MASK = "***";

  /** Names of settings (1.6 keys, 2.0.1 variables) whose value is a secret. */
  private static final Set<String> SECRET_SETTINGS =
      Set.of("authorizationkey", "basicauthpassword");

  private static final ObjectMapper JSON =
      JsonMapper.builder(Wire.factory(Wire.MAX_DEPTH + 1))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Secrets() {}

  /** The frame without its secrets. */
  static String masked(String frame) {
    if (!suspect(frame)) {
      return frame;
    }
    try {
      JsonNode tree = JSON.readTree(frame);
      boolean changed = mask(tree);
      String text = changed ? tree.toString() : frame;
      return UrlSecrets.masked(text);
    } catch (JsonProcessingException e) {
      return "(unreadable, " + frame.length() + " characters, perhaps with a secret)";
    }
  }

  /** Whether a frame has a word that every frame with a secret has; in one pass, not by a regex. */
  private static boolean suspect(String frame) {
    for (int i = 0; i < frame.length(); i++) {
      boolean hit =
          switch (frame.charAt(i)) {
            case 'a', 'A' -> at(frame, i, "authorizationkey");
            case 'p', 'P' -> at(frame, i, "password") || at(frame, i, "privatekey");
            case 'k', 'K' -> at(frame, i, "keycode");
            case 's', 'S' -> at(frame, i, "simpin") || at(frame, i, "station-files");
            case 'v', 'V' -> at(frame, i, "vpn");
            case ':' -> (at(frame, i, "://") || at(frame, i, ":\\/")) && frame.indexOf('@', i) > 0;
            case '\\' -> at(frame, i, "\\u");
            default -> false;
          };
      if (hit) {
        return true;
      }
    }
    return false;
  }

  private static boolean at(String frame, int index, String word) {
    return frame.regionMatches(true, index, word, 0, word.length());
  }

  private static boolean mask(JsonNode node) {
    boolean changed = node instanceof ObjectNode object && maskFields(object);
    for (JsonNode child : node) {
      changed |= mask(child);
    }
    return changed;
  }

  private static boolean maskFields(ObjectNode object) {
    boolean secretSetting =
        isSecret(object.path("key"))
            || isSecret(object.path("variable").path("name"))
            || isSecret(object.path("variableName"));
    boolean pin = object.path("type").asText().equalsIgnoreCase("KeyCode");
    boolean changed = false;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      boolean secret =
          name.contains("password")
              || name.contains("privatekey")
              || name.equals("authorizationkey")
              || name.equals("simpin")
              || (secretSetting && (name.equals("value") || name.equals("attributevalue")))
              || (pin && name.equals("idtoken"));
      if (secret && field.getValue().isValueNode()) {
        field.setValue(object.textNode(MASK));
        changed = true;
      } else if (name.equals("vpn")
          && field.getValue() instanceof ObjectNode vpn
          && vpn.has("key")) {
        vpn.put("key", MASK); // SetNetworkProfile: the shared secret
        changed = true;
      } else if (secretSetting && name.equals("variableattribute")) {
        changed |= maskAttributes(field.getValue());
      }
    }
    return changed;
  }

  /** NotifyReport: the values stand one level below the variable's name. */
  private static boolean maskAttributes(JsonNode attributes) {
    boolean changed = false;
    for (JsonNode attribute : attributes) {
      if (attribute instanceof ObjectNode object && object.has("value")) {
        object.put("value", MASK);
        changed = true;
      }
    }
    return changed;
  }

  private static boolean isSecret(JsonNode name) {
    return name.isTextual() && SECRET_SETTINGS.contains(name.textValue().toLowerCase(Locale.ROOT));
  }
}
