package org.ampay.billing.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Assignments from JSON: of one place or driver, or of many at once. */
public final class AssignmentJson {

  /** Targets of one call. */
  public static final int MAX_TARGETS = 1_000;

  private static final List<String> LISTS = List.of("stations", "sites");
  private static final List<String> TIMES = List.of("valid_from", "valid_to", "priority");

  private AssignmentJson() {}

  /**
   * A wish and where it stands in the body.
   *
   * @param path of the target: {@code station}, {@code stations[3]}
   * @param target the target's id as it was written
   */
  public record Placed(String path, String target, NewAssignment wish) {

    /** One that stands in no body. */
    public static Placed of(NewAssignment wish) {
      return new Placed(wish.level().code(), Long.toString(wish.targetId()), wish);
    }
  }

  /** Whether the body names many targets. */
  public static boolean isBulk(JsonNode body) {
    return LISTS.stream().anyMatch(body::has);
  }

  /**
   * Reads {@code {"driver"|"partner"|"group"|"station"|"site"|"operator": ID, "valid_from": T,
   * "valid_to": T, "priority": N}}, or {@code {"platform": true}} in place of the id.
   *
   * @param ids finds our id by level and the id's text; empty when there is no such thing
   * @throws InvalidInputException naming the field
   */
  public static Placed one(JsonNode body, BiFunction<TariffLevel, String, Optional<Long>> ids) {
    requireObject(body);
    List<TariffLevel> named =
        List.of(TariffLevel.values()).stream().filter(l -> body.has(l.code())).toList();
    if (named.size() != 1) {
      throw new InvalidInputException(
          "",
          "exactly one of station, site, operator, group, driver, partner and platform is"
              + " required");
    }
    TariffLevel level = named.getFirst();
    String path = level.code();
    refuseUnknown(body, List.of(path));
    JsonNode id = body.path(path);
    if (level == TariffLevel.PLATFORM) {
      require(id.isBoolean() && id.booleanValue(), path, "must be true");
      return new Placed(path, "", wish(body, level, 0));
    }
    return placed(body, level, path, id, ids);
  }

  /**
   * Reads {@code {"stations": [ID, …], "sites": [ID, …], "valid_from": T, "valid_to": T,
   * "priority": N}}: at most {@link #MAX_TARGETS} targets, none twice.
   *
   * @param ids as for {@link #one}
   * @throws InvalidInputException naming the field
   */
  public static List<Placed> many(
      JsonNode body, BiFunction<TariffLevel, String, Optional<Long>> ids) {
    requireObject(body);
    refuseUnknown(body, LISTS);
    List<Placed> all = new ArrayList<>();
    Set<NewAssignment> seen = new HashSet<>();
    for (String list : LISTS) {
      JsonNode targets = body.path(list);
      require(targets.isMissingNode() || targets.isArray(), list, "must be a list");
      require(
          all.size() + targets.size() <= MAX_TARGETS,
          list,
          "must have at most " + MAX_TARGETS + " targets");
      for (int i = 0; i < targets.size(); i++) {
        String path = list + "[" + i + "]";
        Placed placed = placed(body, level(list), path, targets.get(i), ids);
        require(seen.add(placed.wish()), path, "is named twice");
        all.add(placed);
      }
    }
    require(!all.isEmpty(), "stations", "must not be empty");
    return all;
  }

  private static TariffLevel level(String list) {
    return list.equals("sites") ? TariffLevel.SITE : TariffLevel.STATION;
  }

  private static Placed placed(
      JsonNode body,
      TariffLevel level,
      String path,
      JsonNode id,
      BiFunction<TariffLevel, String, Optional<Long>> ids) {
    require(id.isTextual() || id.isIntegralNumber(), path, "must be an id");
    long target =
        ids.apply(level, id.asText())
            .orElseThrow(() -> new InvalidInputException(path, "there is none with that id"));
    return new Placed(path, id.asText(), wish(body, level, target));
  }

  private static NewAssignment wish(JsonNode body, TariffLevel level, long target) {
    return new NewAssignment(
        level, target, priority(body), time(body, "valid_from"), time(body, "valid_to"));
  }

  private static void requireObject(JsonNode body) {
    require(body.isObject(), "", "must be an object");
  }

  private static void refuseUnknown(JsonNode body, List<String> targets) {
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      require(targets.contains(name) || TIMES.contains(name), shorten(name), "unknown field");
    }
  }

  private static String shorten(String name) {
    return name.length() <= 50 ? name : name.substring(0, 50) + "…";
  }

  private static int priority(JsonNode body) {
    JsonNode priority = body.path("priority");
    if (priority.isMissingNode() || priority.isNull()) {
      return 0;
    }
    require(
        priority.isIntegralNumber() && priority.canConvertToInt(),
        "priority",
        "must be an integer");
    return priority.intValue();
  }

  /**
   * A time of a body.
   *
   * @return null when it is absent
   * @throws InvalidInputException naming the field
   */
  public static @Nullable Instant time(JsonNode body, String field) {
    JsonNode at = body.path(field);
    if (at.isMissingNode() || at.isNull()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(at.asText()).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidInputException(field, "must be a time like 2025-12-31T12:00:00Z");
    }
  }

  private static void require(boolean holds, String path, String reason) {
    if (!holds) {
      throw new InvalidInputException(path, reason);
    }
  }
}
