package org.ampay.tariff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of a tariff beyond OCPI, from and to JSON. */
final class ExtrasJson {

  private ExtrasJson() {}

  static TariffExtras read(JsonFields fields) {
    Long calendarId = fields.optionalLong("calendar_id");
    JsonNode calendar = fields.find("calendar");
    TariffCalendar inline =
        calendar == null ? null : CalendarJson.read(calendar, fields.at("calendar"));
    Occupancy occupancy = occupancy(fields.object("occupancy"));
    MinimumSession minimum = minimum(fields.object("minimum_session"));
    List<Ceiling> ceilings =
        fields.list("ceilings", Ceiling.DIMENSIONS.length, ExtrasJson::ceiling);
    boolean negative = fields.flag("negative_prices");
    return fields.build(
        () -> new TariffExtras(calendarId, inline, occupancy, minimum, ceilings, negative));
  }

  private static @Nullable Occupancy occupancy(@Nullable JsonFields fields) {
    if (fields == null) {
      return null;
    }
    BigDecimal price = fields.requiredDecimal("price");
    BigDecimal vat = fields.decimal("vat");
    int step = fields.requiredInt("step_size");
    int grace = fields.has("grace_seconds") ? fields.requiredInt("grace_seconds") : 0;
    BigDecimal most = fields.decimal("max_price");
    List<LocalWindow> exempt =
        fields.list(
            "exempt",
            Occupancy.MAX_EXEMPT,
            (node, path) -> {
              JsonFields window = JsonFields.of(node, path);
              LocalWindow found = TariffJson.window(window);
              window.end();
              return found;
            });
    fields.end();
    return fields.build(() -> new Occupancy(price, vat, step, grace, most, exempt));
  }

  private static @Nullable MinimumSession minimum(@Nullable JsonFields fields) {
    if (fields == null) {
      return null;
    }
    BigDecimal kwh = fields.decimal("kwh");
    Integer seconds = fields.has("seconds") ? fields.requiredInt("seconds") : null;
    fields.end();
    return fields.build(() -> new MinimumSession(kwh, seconds));
  }

  private static Ceiling ceiling(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    fields.required("dimension");
    LineDimension dimension =
        Objects.requireNonNull(fields.choice("dimension", Ceiling.DIMENSIONS, LineDimension::name));
    BigDecimal price = fields.requiredDecimal("price");
    fields.end();
    return fields.build(() -> new Ceiling(dimension, price));
  }

  static void write(ObjectNode node, TariffExtras extras) {
    if (extras.calendarId() != null) {
      node.put("calendar_id", extras.calendarId());
    }
    if (extras.calendar() != null) {
      node.set("calendar", CalendarJson.write(extras.calendar()));
    }
    Occupancy occupancy = extras.occupancy();
    if (occupancy != null) {
      write(node.putObject("occupancy"), occupancy);
    }
    MinimumSession minimum = extras.minimumSession();
    if (minimum != null) {
      ObjectNode figures = node.putObject("minimum_session");
      TariffWriter.number(figures, "kwh", minimum.kwh());
      if (minimum.seconds() != null) {
        figures.put("seconds", minimum.seconds());
      }
    }
    if (!extras.ceilings().isEmpty()) {
      ArrayNode ceilings = node.putArray("ceilings");
      for (Ceiling ceiling : extras.ceilings()) {
        ObjectNode one = ceilings.addObject().put("dimension", ceiling.dimension().name());
        TariffWriter.number(one, "price", ceiling.price());
      }
    }
    if (extras.negativePrices()) {
      node.put("negative_prices", true);
    }
  }

  private static void write(ObjectNode node, Occupancy occupancy) {
    TariffWriter.number(node, "price", occupancy.price());
    TariffWriter.number(node, "vat", occupancy.vat());
    node.put("step_size", occupancy.stepSize());
    if (occupancy.graceSeconds() > 0) {
      node.put("grace_seconds", occupancy.graceSeconds());
    }
    TariffWriter.number(node, "max_price", occupancy.maxPrice());
    if (!occupancy.exempt().isEmpty()) {
      ArrayNode windows = node.putArray("exempt");
      occupancy.exempt().forEach(window -> TariffWriter.window(windows.addObject(), window));
    }
  }
}
