package org.ampay.app.sandbox.stripe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ampay.app.sandbox.SandboxWire.World;

/** Stripe's objects, as it shows them. */
final class StripeStore {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 24;
  private static final int DEFAULT_PAGE = 10;
  private static final int MOST_PAGE = 100;

  private final World world;
  private final Map<String, Map<String, ObjectNode>> byKind = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, List<ObjectNode>> lists = new HashMap<>();

  StripeStore(World world) {
    this.world = world;
  }

  World world() {
    return world;
  }

  String letters(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(world.random().nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  long now() {
    return world.time().now().getEpochSecond();
  }

  /** A new object with an id of its own. */
  ObjectNode make(Merchant merchant, String object, String prefix) {
    ObjectNode made = MAPPER.createObjectNode();
    String id = prefix + letters(ID_LENGTH);
    made.put("id", id).put("object", object).put("created", now()).put("livemode", false);
    byKind.computeIfAbsent(object, kind -> new LinkedHashMap<>()).put(id, made);
    owners.put(id, merchant.name());
    lists.computeIfAbsent(merchant.name() + " " + object, kind -> new ArrayList<>()).add(made);
    return made;
  }

  ObjectNode find(Merchant merchant, String object, String id) throws StripeError {
    ObjectNode found = byKind.getOrDefault(object, Map.of()).get(id);
    if (found == null || !merchant.name().equals(owners.get(id))) {
      throw StripeError.missing(object, id);
    }
    return found;
  }

  /** Whose an object is. */
  String owner(String id) {
    return owners.getOrDefault(id, "");
  }

  Map<String, ObjectNode> all(String object) {
    return byKind.getOrDefault(object, Map.of());
  }

  /** A page of a list, newest first, by {@code created}, {@code limit}, {@code starting_after}. */
  ObjectNode list(
      Merchant merchant,
      String object,
      Map<String, String> query,
      String url,
      Predicate<ObjectNode> filter) {
    long gte = number(query, "created[gte]", Long.MIN_VALUE);
    long lte = number(query, "created[lte]", Long.MAX_VALUE);
    long lt = number(query, "created[lt]", Long.MAX_VALUE);
    int limit = (int) Math.min(MOST_PAGE, number(query, "limit", DEFAULT_PAGE));
    String after = query.getOrDefault("starting_after", "");
    boolean begun = after.isEmpty();
    ArrayNode data = MAPPER.createArrayNode();
    boolean more = false;
    for (ObjectNode each :
        lists.getOrDefault(merchant.name() + " " + object, List.of()).reversed()) {
      long created = each.path("created").asLong();
      boolean fits = created >= gte && created <= lte && created < lt && filter.test(each);
      if (begun && fits) {
        if (data.size() == limit) {
          more = true;
          break;
        }
        data.add(each);
      }
      begun |= each.path("id").asText().equals(after);
    }
    ObjectNode page = MAPPER.createObjectNode();
    page.put("object", "list").put("url", url).put("has_more", more).set("data", data);
    return page;
  }

  private static long number(Map<String, String> query, String name, long otherwise) {
    String text = query.get(name);
    return text == null || !text.matches("-?\\d{1,18}") ? otherwise : Long.parseLong(text);
  }

  /** Copies what a form says of metadata under a prefix. */
  static void metadata(ObjectNode object, Map<String, String> form, String prefix) {
    ObjectNode metadata =
        object.get("metadata") instanceof ObjectNode known ? known : object.putObject("metadata");
    String start = prefix.isEmpty() ? "metadata[" : prefix + "[metadata][";
    form.forEach(
        (name, value) -> {
          if (name.startsWith(start)) {
            metadata.put(name.substring(start.length(), name.length() - 1), value);
          }
        });
  }

  static long amount(Map<String, String> form, String name) throws StripeError {
    String text = form.getOrDefault(name, "");
    if (text.isEmpty()) {
      throw StripeError.invalid("parameter_missing", name, "Missing required param: " + name + ".");
    }
    if (!text.matches("\\d{1,12}") || Long.parseLong(text) < 1) {
      throw StripeError.invalid("parameter_invalid_integer", name, "Invalid integer: " + name);
    }
    return Long.parseLong(text);
  }

  static String required(Map<String, String> form, String name) throws StripeError {
    String text = form.getOrDefault(name, "");
    if (text.isEmpty()) {
      throw StripeError.invalid("parameter_missing", name, "Missing required param: " + name + ".");
    }
    return text;
  }
}
