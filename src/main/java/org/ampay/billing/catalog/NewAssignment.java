package org.ampay.billing.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * A wish to assign a tariff.
 *
 * @param priority 0 unless somebody wants to override the order of the levels
 * @param validFrom null: from now on
 */
public record NewAssignment(
    TariffLevel level, long targetId, int priority, @Nullable Instant validFrom) {

  private static final int MAX_PRIORITY = 1_000;
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");
  private static final List<TariffLevel> LEVELS =
      List.of(TariffLevel.GROUP, TariffLevel.STATION, TariffLevel.SITE, TariffLevel.OPERATOR);

  public NewAssignment {
    if (Math.abs(priority) > MAX_PRIORITY) {
      throw new InvalidInputException(
          "priority", "must be from -" + MAX_PRIORITY + " to " + MAX_PRIORITY);
    }
    if (validFrom != null && (validFrom.isBefore(FIRST) || validFrom.isAfter(LAST))) {
      throw new InvalidInputException("valid_from", "must lie between 2000 and 2200");
    }
  }

  /**
   * Reads {@code {"station"|"site"|"operator"|"group": ID, "valid_from": T, "priority": N}}.
   *
   * @param ids finds our id by level and the id's text; empty when there is no such thing
   * @throws InvalidInputException naming the field
   */
  public static NewAssignment parse(
      JsonNode body, BiFunction<TariffLevel, String, Optional<Long>> ids) {
    if (!body.isObject()) {
      throw new InvalidInputException("", "must be an object");
    }
    List<TariffLevel> named = LEVELS.stream().filter(l -> body.has(l.code())).toList();
    if (named.size() != 1) {
      throw new InvalidInputException(
          "", "exactly one of station, site, operator and group is required");
    }
    TariffLevel level = named.getFirst();
    refuseUnknown(body, level);
    JsonNode id = body.get(level.code());
    if (!id.isTextual() && !id.isIntegralNumber()) {
      throw new InvalidInputException(level.code(), "must be an id");
    }
    long target =
        ids.apply(level, id.asText())
            .orElseThrow(
                () -> new InvalidInputException(level.code(), "there is none with that id"));
    return new NewAssignment(level, target, priority(body), validFrom(body));
  }

  private static void refuseUnknown(JsonNode body, TariffLevel level) {
    List<String> known = List.of(level.code(), "valid_from", "priority");
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new InvalidInputException(name, "unknown field");
      }
    }
  }

  private static int priority(JsonNode body) {
    JsonNode priority = body.path("priority");
    if (priority.isMissingNode() || priority.isNull()) {
      return 0;
    }
    if (!priority.isIntegralNumber() || !priority.canConvertToInt()) {
      throw new InvalidInputException("priority", "must be an integer");
    }
    return priority.intValue();
  }

  private static @Nullable Instant validFrom(JsonNode body) {
    JsonNode at = body.path("valid_from");
    if (at.isMissingNode() || at.isNull()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(at.asText()).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidInputException("valid_from", "must be a time like 2025-12-31T12:00:00Z");
    }
  }
}
