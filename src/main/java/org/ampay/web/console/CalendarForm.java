package org.ampay.web.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.tariff.CalendarJson;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TariffCalendar.DayRow;
import org.ampay.tariff.TariffCalendar.Holiday;
import org.ampay.tariff.TariffCalendar.Season;
import org.jspecify.annotations.Nullable;

/**
 * The form of a calendar: seasons with rows of weekdays, and holidays from a day to a day. A row's
 * slots are 48 letters in a field that the page draws as a grid.
 */
final class CalendarForm {

  private static final int MOST_DAYS = 400;

  private final Ui ui;
  private final TypedForm form;

  /** Names of fields by the path of what they became. */
  private final Map<String, String> fields = new HashMap<>();

  CalendarForm(Ui ui, TypedForm form) {
    this.ui = ui;
    this.form = form;
  }

  /** A calendar of one season and one row, all of it flat. */
  static TypedForm blank() {
    TypedForm form = new TypedForm();
    addSeason(form);
    return form;
  }

  private static void addSeason(TypedForm form) {
    String season = form.addRow("season");
    form.set(form.addRow(season + ".day") + ".slots", CalendarSlots.whole(""));
  }

  /** A form with a calendar in it. */
  static TypedForm of(TariffCalendar calendar) {
    TypedForm form = new TypedForm().set("name", calendar.name());
    for (Season season : calendar.seasons()) {
      String prefix = form.addRow("season");
      form.set(prefix + ".name", season.name());
      form.set(prefix + ".from", text(season.from()));
      form.set(prefix + ".to", text(season.to()));
      for (DayRow row : season.days()) {
        String day = form.addRow(prefix + ".day");
        form.setAll(day + ".days", row.daysOfWeek().stream().map(Enum::name).sorted().toList());
        form.set(day + ".slots", CalendarSlots.of(row.slots()));
      }
    }
    holidays(form, calendar.holidays());
    return form;
  }

  /** {@code 07-01}. */
  static String text(@Nullable MonthDay day) {
    return day == null ? "" : day.toString().substring(2);
  }

  /** Days that follow each other and are alike stand in one row. */
  private static void holidays(TypedForm form, List<Holiday> holidays) {
    String row = "";
    Holiday last = null;
    for (Holiday holiday : holidays) {
      boolean goesOn =
          last != null
              && last.date().plusDays(1).equals(holiday.date())
              && last.name().equals(holiday.name())
              && last.slots().equals(holiday.slots());
      if (!goesOn) {
        row = form.addRow("holiday");
        form.set(row + ".name", holiday.name());
        form.set(row + ".from", holiday.date().toString());
        form.set(row + ".slots", CalendarSlots.of(holiday.slots()));
      }
      form.set(row + ".to", holiday.date().toString());
      last = holiday;
    }
  }

  /** Adds and removes rows, and paints slots. */
  void change(String op) {
    String what = op.substring(op.indexOf(':') + 1);
    switch (op.substring(0, op.length() - what.length())) {
      case "add:" -> add(what);
      case "remove:" -> {
        if (what.matches("(season|holiday)[0-9]{1,6}|season[0-9]{1,6}[.]day[0-9]{1,6}")) {
          form.removeRow(what.replaceFirst("[0-9]+$", ""), what);
        }
      }
      case "up:" -> form.moveUp(what.replaceFirst("[0-9]+$", ""), what);
      case "paint:" -> paint(what);
      default -> {}
    }
  }

  private void add(String list) {
    if (list.equals("season")) {
      addSeason(form);
    } else if (list.equals("holiday") || list.matches("season[0-9]{1,6}[.]day")) {
      List<String> rows = form.rows(list);
      String like = rows.isEmpty() ? "" : form.get(rows.getLast() + ".slots");
      form.set(form.addRow(list) + ".slots", CalendarSlots.whole(like));
    }
  }

  private void paint(String row) {
    String from = form.get(row + ".paint_from");
    String to = form.get(row + ".paint_to");
    if (from.matches("[0-9]{1,2}") && to.matches("[0-9]{1,2}") && !row.isEmpty()) {
      int first = Integer.parseInt(from);
      int last = Integer.parseInt(to);
      char letter = CalendarSlots.letter(form.get("brush"));
      String slots = form.get(row + ".slots");
      // From 22:00 to 06:00 goes over midnight.
      form.set(
          row + ".slots",
          first < last
              ? CalendarSlots.painted(slots, first, last, letter)
              : CalendarSlots.painted(
                  CalendarSlots.painted(slots, first, CalendarSlots.SLOTS, letter),
                  0,
                  last,
                  letter));
    }
  }

  /** The calendar; empty when something is wrong, which the form then tells. */
  Optional<TariffCalendar> calendar() {
    ObjectNode json = json();
    if (form.isWrong()) {
      return Optional.empty();
    }
    try {
      return Optional.of(CalendarJson.read(json));
    } catch (InvalidInputException e) {
      complain(e);
      return Optional.empty();
    }
  }

  /** Puts a complaint at its field. */
  void complain(InvalidInputException e) {
    json();
    form.wrong(
        new TariffFormReader.Typed(TariffFields.NODES.objectNode(), fields).field(e.path()),
        TariffComplaints.text(ui, e.reason()));
  }

  private ObjectNode json() {
    ObjectNode json = TariffFields.NODES.objectNode();
    json.put("name", form.get("name"));
    fields.put("name", "name");
    fields.put("valid_from", "version_from");
    fields.put("seasons", "seasons");
    ArrayNode seasons = json.putArray("seasons");
    for (String prefix : form.rows("season")) {
      season(seasons, prefix);
    }
    ArrayNode holidays = json.putArray("holidays");
    fields.put("holidays", "holidays");
    for (String prefix : form.rows("holiday")) {
      holiday(holidays, prefix);
    }
    return json;
  }

  private void season(ArrayNode seasons, String prefix) {
    String path = "seasons[" + seasons.size() + "]";
    ObjectNode season = seasons.addObject();
    for (String name : List.of("name", "from", "to")) {
      fields.put(path + "." + name, prefix + "." + name);
      String text = form.get(prefix + "." + name);
      if (!text.isEmpty()) {
        season.put(name, name.equals("name") ? text : monthDay(text));
      }
    }
    fields.put(path, prefix + ".from");
    fields.put(path + ".days", prefix + ".day");
    ArrayNode days = season.putArray("days");
    for (String row : form.rows(prefix + ".day")) {
      String at = path + ".days[" + days.size() + "]";
      ObjectNode day = days.addObject();
      List<String> weekdays = form.all(row + ".days");
      if (!weekdays.isEmpty()) {
        ArrayNode list = day.putArray("day_of_week");
        weekdays.forEach(list::add);
      }
      day.set("slots", CalendarSlots.json(form.get(row + ".slots")));
      fields.put(at, row + ".days");
    }
  }

  /** {@code 7-1} and {@code 7/1} are 07-01. */
  private static String monthDay(String text) {
    String[] parts = text.replace('/', '-').replace('.', '-').split("-", -1);
    return parts.length == 2 && text.length() <= 5
        ? (parts[0].length() == 1 ? "0" : "")
            + parts[0]
            + "-"
            + (parts[1].length() == 1 ? "0" : "")
            + parts[1]
        : text;
  }

  private void holiday(ArrayNode holidays, String prefix) {
    String from = form.get(prefix + ".from");
    String to = form.get(prefix + ".to");
    if (from.isEmpty() && form.get(prefix + ".name").isEmpty()) {
      return;
    }
    List<LocalDate> dates = new ArrayList<>();
    try {
      LocalDate first = LocalDate.parse(from);
      LocalDate last = to.isEmpty() ? first : LocalDate.parse(to);
      dates.addAll(first.datesUntil(last.plusDays(1)).limit(MOST_DAYS + 1).toList());
    } catch (DateTimeException | IllegalArgumentException e) {
      form.wrong(prefix + ".from", ui.t("calendar.no_dates"));
      return;
    }
    for (LocalDate date : dates) {
      fields.put("holidays[" + holidays.size() + "]", prefix + ".from");
      ObjectNode holiday = holidays.addObject();
      holiday.put("date", date.toString());
      holiday.put("name", form.get(prefix + ".name"));
      holiday.set("slots", CalendarSlots.json(form.get(prefix + ".slots")));
    }
  }
}
