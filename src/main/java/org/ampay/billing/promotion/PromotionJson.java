package org.ampay.billing.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Definitions as they lie in the database. */
final class PromotionJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private PromotionJson() {}

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can be written", e);
    }
  }

  static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
    }
  }

  static String write(Campaign.Spec spec) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", spec.name());
    node.set("scope", JSON.valueToTree(spec.scope()));
    node.set("action", JSON.valueToTree(spec.action()));
    return write((Object) node);
  }

  static Campaign.Spec campaign(String text, String kind) {
    try {
      JsonNode node = JSON.readTree(text);
      return new Campaign.Spec(
          node.get("name").asText(),
          JSON.treeToValue(node.get("scope"), Scope.class),
          JSON.treeToValue(node.get("action"), type(kind)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored campaign cannot be read", e);
    }
  }

  private static Class<? extends Campaign.Action> type(String kind) {
    return switch (kind) {
      case "by_hand" -> Campaign.Action.ByHand.class;
      case "new_drivers" -> Campaign.Action.NewDrivers.class;
      case "top_up" -> Campaign.Action.TopUp.class;
      case "discount" -> Campaign.Action.Discount.class;
      default -> throw new IllegalStateException("campaign of kind '" + kind + "'");
    };
  }
}
