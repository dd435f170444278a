package org.ampay.web.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.Approvals.Subject;
import org.ampay.billing.catalog.CalendarVersion;
import org.ampay.billing.catalog.StoredCalendar;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffCalendar;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Time-of-use calendars: list, year, versions, editor. */
public final class CalendarPages {

  private static final int MOST = 500;

  private final Pages pages;
  private final TariffCatalog catalog;
  private final AuditLog audit;

  CalendarPages(Pages pages, TariffCatalog catalog, AuditLog audit) {
    this.pages = pages;
    this.catalog = catalog;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    String base = "/calendars/{id}";
    return List.of(
        ConsoleRoute.get("/calendars", Permission.TARIFFS_READ, this::list),
        ConsoleRoute.get("/calendars/new", Permission.TARIFFS_WRITE, this::blank),
        ConsoleRoute.post("/calendars/new", Permission.TARIFFS_WRITE, call -> act(call, null)),
        ConsoleRoute.get(base, Permission.TARIFFS_READ, call -> page(call, 200, "")),
        ConsoleRoute.get(base + "/edit", Permission.TARIFFS_WRITE, this::edit),
        ConsoleRoute.post(base + "/edit", Permission.TARIFFS_WRITE, call -> act(call, own(call))),
        ConsoleRoute.post(base + "/decisions", Permission.TARIFFS_APPROVE, this::decide));
  }

  /**
   * A calendar in the list.
   *
   * @param version in force; 0: none is
   */
  public record CalendarRow(StoredCalendar stored, int version, int tariffs) {}

  /** A version, with its state and by which name forms decide on it. */
  public record VersionRow(CalendarVersion version, String state, String subject, boolean mine) {}

  private Answer list(PageCall call) {
    List<CalendarRow> rows =
        catalog.calendars().list(call.operatorId(), 0, MOST).stream()
            .map(
                stored ->
                    new CalendarRow(
                        stored,
                        catalog
                            .calendars()
                            .inForce(call.operatorId(), stored.id())
                            .map(CalendarVersion::version)
                            .orElse(0),
                        catalog.calendars().usedBy(call.operatorId(), stored.id()).size()))
            .toList();
    return pages.page(200, "calendars", call.ui(), Map.of("calendars", rows));
  }

  private StoredCalendar find(PageCall call) {
    return catalog
        .calendars()
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  /** Those of the platform are not an operator's to change. */
  private StoredCalendar own(PageCall call) {
    StoredCalendar stored = find(call);
    if (stored.operatorId() != call.operatorId()) {
      throw Problem.forbidden(null).exception();
    }
    return stored;
  }

  private Optional<CalendarVersion> version(PageCall call, StoredCalendar stored) {
    List<CalendarVersion> versions = catalog.calendars().versions(call.operatorId(), stored.id());
    long wanted = call.queryLong("version", 0);
    return versions.stream()
        .filter(v -> v.version() == wanted)
        .findFirst()
        .or(() -> catalog.calendars().inForce(call.operatorId(), stored.id()))
        .or(() -> versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast()));
  }

  private Answer page(PageCall call, int status, String error) {
    StoredCalendar stored = find(call);
    CalendarVersion version =
        version(call, stored).orElseThrow(() -> Problem.notFound(null).exception());
    Ui ui = call.ui();
    int now = LocalDate.ofInstant(ui.place().now(), ui.place().zone()).getYear();
    int year = (int) Math.clamp(call.queryLong("year", now), 2_000, 2_199);
    Map<String, Object> model = new HashMap<>();
    model.put("stored", stored);
    model.put("error", error);
    model.put("shown", row(call, version));
    model.put("mine", stored.operatorId() == call.operatorId());
    model.put("year", CalendarYear.of(ui, version.calendar(), year));
    model.put(
        "versions",
        catalog.calendars().versions(call.operatorId(), stored.id()).reversed().stream()
            .map(v -> row(call, v))
            .toList());
    model.put("tariffs", catalog.calendars().usedBy(call.operatorId(), stored.id()));
    return pages.page(status, "calendar", ui, model);
  }

  private VersionRow row(PageCall call, CalendarVersion version) {
    boolean open = TariffPages.isOpen(version.made().approval());
    return new VersionRow(
        version,
        catalog.calendars().state(version).code(),
        open ? CatalogActs.word(Subject.calendar(version.calendarId(), version.version())) : "",
        call.caller().person().equals(version.made().author().person()));
  }

  private Answer decide(PageCall call) {
    StoredCalendar stored = find(call);
    String error = CatalogActs.decide(call, catalog, audit);
    return error.isEmpty() ? Answer.seeOther("/calendars/" + stored.id()) : page(call, 409, error);
  }

  /** A new one; with {@code from} like another. */
  private Answer blank(PageCall call) {
    long from = call.queryLong("from", 0);
    TypedForm form =
        catalog
            .calendars()
            .find(call.operatorId(), from)
            .flatMap(stored -> version(call, stored))
            .map(v -> CalendarForm.of(v.calendar()).set("name", ""))
            .orElseGet(CalendarForm::blank);
    return editor(call, 200, null, form);
  }

  private Answer edit(PageCall call) {
    StoredCalendar stored = own(call);
    TypedForm form =
        version(call, stored)
            .map(v -> CalendarForm.of(v.calendar()))
            .orElseGet(CalendarForm::blank);
    return editor(call, 200, stored, form);
  }

  private Answer act(PageCall call, @Nullable StoredCalendar stored) {
    TypedForm form = TypedForm.posted(call);
    CalendarForm typed = new CalendarForm(call.ui(), form);
    String op = call.form("_op");
    if (op.equals("save")) {
      return save(call, stored, form, typed);
    }
    if (op.equals("check")) {
      return editor(call, typed.calendar().isPresent() ? 200 : 400, stored, form);
    }
    typed.change(op);
    return editor(call, 200, stored, form);
  }

  private Answer save(
      PageCall call, @Nullable StoredCalendar stored, TypedForm form, CalendarForm typed) {
    Instant from = versionFrom(call, form);
    Optional<TariffCalendar> calendar = typed.calendar();
    if (calendar.isPresent() && !form.isWrong()) {
      try {
        return Answer.seeOther("/calendars/" + store(call, stored, calendar.get(), from));
      } catch (InvalidInputException e) {
        typed.complain(e);
      }
    }
    return editor(call, 400, stored, form);
  }

  private static @Nullable Instant versionFrom(PageCall call, TypedForm form) {
    String text = form.get("version_from");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDateTime.parse(text).atZone(call.ui().place().zone()).toInstant();
    } catch (DateTimeException e) {
      form.wrong("version_from", call.ui().t("tariff.no_time"));
      return null;
    }
  }

  private long store(
      PageCall call,
      @Nullable StoredCalendar stored,
      TariffCalendar calendar,
      @Nullable Instant from) {
    if (stored == null) {
      return catalog
          .calendars()
          .create(
              call.operatorId(),
              calendar,
              CatalogActs.author(call),
              (tx, made) ->
                  audit.append(
                      tx,
                      CatalogActs.entry(call, "calendar.create", "calendar", made.calendar().id())
                          .with("name", made.calendar().name())))
          .calendar()
          .id();
    }
    return catalog
        .calendars()
        .addVersion(
            call.operatorId(),
            stored.id(),
            calendar,
            from,
            CatalogActs.author(call),
            (tx, made) ->
                audit.append(
                    tx,
                    CatalogActs.entry(call, "calendar.version", "calendar", stored.id())
                        .with("name", made.calendar().name())
                        .with("version", made.version().version())))
        .map(made -> made.calendar().id())
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer editor(
      PageCall call, int status, @Nullable StoredCalendar stored, TypedForm form) {
    Ui ui = call.ui();
    if (form.get("brush").isEmpty()) {
      form.set("brush", "PEAK");
    }
    Map<String, Object> model = new HashMap<>();
    model.put("form", form);
    model.put("versioned", stored != null);
    model.put("approval", catalog.approvals().areNeeded(call.operatorId()));
    model.put("action", stored == null ? "/calendars/new" : "/calendars/" + stored.id() + "/edit");
    model.put("back", stored == null ? "/calendars" : "/calendars/" + stored.id());
    if (call.fromHtmx()) {
      return pages.page(200, "part/calendar-editor", ui, model);
    }
    model.put(
        "title",
        stored == null ? ui.t("calendar.add") : ui.t("tariff.new_version_of", stored.name()));
    return pages.page(status, "calendar-edit", ui, model);
  }
}
