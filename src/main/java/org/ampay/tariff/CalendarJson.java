package org.ampay.tariff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Calendars from and to JSON:
 *
 * <pre>
 * {"id":12,"version":3,"name":"浙江 2026","seasons":[{"name":"夏","from":"07-01","to":"08-31",
 *   "days":[{"day_of_week":["MONDAY"],"slots":[{"from":"00:00","tier":"VALLEY"}]}]}],
 *  "holidays":[{"date":"2026-10-01","name":"国庆","slots":[{"from":"00:00","tier":"VALLEY"}]}]}
 * </pre>
 */
public final class CalendarJson {

  private CalendarJson() {}

  /**
   * A calendar from its JSON object.
   *
   * @throws InvalidInputException naming the path of what is wrong
   */
  public static TariffCalendar read(JsonNode node) {
    return read(node, "");
  }

  /** As {@link #read(JsonNode)}, for a calendar that lies at {@code path} of a larger document. */
  public static TariffCalendar read(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    Long id = fields.optionalLong("id");
    int version = fields.has("version") ? fields.requiredInt("version") : 0;
    String name = fields.requiredText("name");
    fields.required("seasons");
    List<TariffCalendar.Season> seasons =
        fields.list("seasons", TariffCalendar.MAX_SEASONS, CalendarJson::season);
    List<TariffCalendar.Holiday> holidays =
        fields.list("holidays", TariffCalendar.MAX_HOLIDAYS, CalendarJson::holiday);
    fields.end();
    return fields.build(() -> new TariffCalendar(id, version, name, seasons, holidays));
  }

  /** The JSON object: equal for equal calendars. */
  public static ObjectNode write(TariffCalendar calendar) {
    ObjectNode node = TariffWriter.NODES.objectNode();
    if (calendar.id() != null) {
      node.put("id", calendar.id());
    }
    if (calendar.version() > 0) {
      node.put("version", calendar.version());
    }
    node.put("name", calendar.name());
    ArrayNode seasons = node.putArray("seasons");
    calendar.seasons().forEach(season -> write(seasons.addObject(), season));
    if (!calendar.holidays().isEmpty()) {
      ArrayNode holidays = node.putArray("holidays");
      for (TariffCalendar.Holiday holiday : calendar.holidays()) {
        ObjectNode day = holidays.addObject();
        day.put("date", holiday.date().toString());
        name(day, holiday.name());
        slots(day, holiday.slots());
      }
    }
    return node;
  }

  private static void write(ObjectNode node, TariffCalendar.Season season) {
    name(node, season.name());
    if (season.from() != null && season.to() != null) {
      node.put("from", text(season.from()));
      node.put("to", text(season.to()));
    }
    ArrayNode days = node.putArray("days");
    for (TariffCalendar.DayRow row : season.days()) {
      ObjectNode day = days.addObject();
      TariffWriter.days(day, row.daysOfWeek());
      slots(day, row.slots());
    }
  }

  private static void name(ObjectNode node, String name) {
    if (!name.isEmpty()) {
      node.put("name", name);
    }
  }

  private static void slots(ObjectNode node, List<TariffCalendar.Slot> slots) {
    ArrayNode list = node.putArray("slots");
    for (TariffCalendar.Slot slot : slots) {
      list.addObject().put("from", slot.from().toString()).put("tier", slot.tier().name());
    }
  }

  private static TariffCalendar.Season season(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    String name = Objects.requireNonNullElse(fields.text("name"), "");
    MonthDay from = fields.monthDay("from");
    MonthDay to = fields.monthDay("to");
    fields.required("days");
    List<TariffCalendar.DayRow> days =
        fields.list("days", TariffCalendar.MAX_DAY_ROWS, CalendarJson::dayRow);
    fields.end();
    return fields.build(() -> new TariffCalendar.Season(name, from, to, days));
  }

  private static TariffCalendar.DayRow dayRow(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    Set<DayOfWeek> days = TariffJson.days(fields);
    List<TariffCalendar.Slot> slots = slots(fields);
    fields.end();
    return fields.build(() -> new TariffCalendar.DayRow(days, slots));
  }

  private static TariffCalendar.Holiday holiday(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    fields.required("date");
    LocalDate date = Objects.requireNonNull(fields.date("date"));
    String name = Objects.requireNonNullElse(fields.text("name"), "");
    List<TariffCalendar.Slot> slots = slots(fields);
    fields.end();
    return fields.build(() -> new TariffCalendar.Holiday(date, name, slots));
  }

  private static List<TariffCalendar.Slot> slots(JsonFields fields) {
    fields.required("slots");
    return fields.list("slots", TariffCalendar.MAX_SLOTS, CalendarJson::slot);
  }

  private static TariffCalendar.Slot slot(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    fields.required("from");
    fields.required("tier");
    LocalTime from = Objects.requireNonNull(fields.clock("from"));
    TouTier tier = Objects.requireNonNull(fields.choice("tier", TouTier.values(), TouTier::name));
    fields.end();
    return fields.build(() -> new TariffCalendar.Slot(from, tier));
  }

  /** {@code 07-01}. */
  static String text(MonthDay day) {
    return day.toString().substring(2);
  }
}
