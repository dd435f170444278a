package org.ampay.web.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.ocpp.dictionary.FieldSpec;
import org.ampay.ocpp.dictionary.FieldSpec.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Holds a payload against its dictionary and names every wrong field by its path, {@code
 * chargingSchedule[0].duration}, as the reader of the wire names the first one. For people only:
 * what is sent or believed is decided by the wire's own reader.
 */
public final class Checker {

  private final Map<String, Complaint> complaints = new LinkedHashMap<>();

  private Checker() {}

  /** The wrong fields in their order; empty when all are right. */
  public static Map<String, Complaint> check(List<FieldSpec> fields, JsonNode payload) {
    Checker checker = new Checker();
    checker.object("", fields, payload);
    return checker.complaints;
  }

  private void object(String path, List<FieldSpec> fields, JsonNode value) {
    if (!value.isObject()) {
      complain(path, Complaint.of("field.object"));
      return;
    }
    Set<String> known = new HashSet<>(Set.of("customData"));
    for (FieldSpec field : fields) {
      known.add(field.name());
      String place = path.isEmpty() ? field.name() : path + "." + field.name();
      JsonNode child = value.get(field.name());
      if (child != null) {
        field(place, field, child);
      } else if (field.required()) {
        complain(place, Complaint.of("field.required"));
      }
    }
    value
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                complain(
                    path.isEmpty() ? name : path + "." + name, Complaint.of("field.not_known"));
              }
            });
  }

  private void field(String path, FieldSpec field, JsonNode value) {
    FieldSpec.Items items = field.items();
    if (items == null) {
      value(path, field.kind(), value);
    } else if (!value.isArray()) {
      complain(path, Complaint.of("field.list"));
    } else {
      if (value.size() < items.min()) {
        complain(path, Complaint.of("field.too_few", items.min()));
      } else if (value.size() > items.max()) {
        complain(path, Complaint.of("field.too_many", items.max()));
      }
      for (int i = 0; i < value.size(); i++) {
        value(path + "[" + i + "]", field.kind(), value.get(i));
      }
    }
  }

  private void value(String path, Kind kind, JsonNode value) {
    Complaint complaint =
        switch (kind) {
          case Kind.Text(int min, int max) -> text(value, min, max);
          case Kind.Whole(int min, int max) -> whole(value, min, max);
          case Kind.Decimal(BigDecimal min, BigDecimal max, BigDecimal _) ->
              decimal(value, min, max);
          case Kind.Bool _ -> value.isBoolean() ? null : Complaint.of("field.bool");
          case Kind.DateTime _ ->
              value.isTextual() && isTime(value.asText()) ? null : Complaint.of("field.time");
          case Kind.Choice(List<String> words) ->
              value.isTextual() && words.contains(value.asText())
                  ? null
                  : Complaint.of("field.choice");
          case Kind.Any _ -> null;
          case Kind.Group(List<FieldSpec> fields) -> {
            object(path, fields, value);
            yield null;
          }
        };
    if (complaint != null) {
      complain(path, complaint);
    }
  }

  private static @Nullable Complaint text(JsonNode value, int min, int max) {
    if (!value.isTextual()) {
      return Complaint.of("field.text");
    }
    String text = value.asText();
    int length = text.codePointCount(0, text.length());
    if (length > max) {
      return Complaint.of("field.too_long", max);
    }
    return length < min ? Complaint.of("field.too_short", min) : null;
  }

  private static @Nullable Complaint whole(JsonNode value, int min, int max) {
    if (!value.isIntegralNumber()) {
      return Complaint.of("field.whole");
    }
    return value.bigIntegerValue().bitLength() < 64
            && value.longValue() >= min
            && value.longValue() <= max
        ? null
        : Complaint.of("field.range", min, max);
  }

  private static @Nullable Complaint decimal(
      JsonNode value, @Nullable BigDecimal min, @Nullable BigDecimal max) {
    if (!value.isNumber()) {
      return Complaint.of("field.number");
    }
    BigDecimal number = value.decimalValue();
    boolean inside =
        (min == null || number.compareTo(min) >= 0) && (max == null || number.compareTo(max) <= 0);
    return inside ? null : Complaint.of("field.range", shown(min), shown(max));
  }

  private static String shown(@Nullable BigDecimal end) {
    return end == null ? "…" : end.toPlainString();
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private void complain(String path, Complaint complaint) {
    complaints.putIfAbsent(path, complaint);
  }
}
