package org.ampay.web.console;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Inventory;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.station.device.DeviceDesk;
import org.ampay.station.device.DeviceReadStore;
import org.ampay.station.device.DeviceReadStore.EventRow;
import org.ampay.station.device.DeviceReadStore.Filter;
import org.ampay.station.device.Difference;
import org.ampay.station.device.Provisioning;
import org.ampay.station.device.ReportRow;
import org.ampay.station.device.ValueChange;
import org.ampay.station.device.VariableRow;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationRow;
import org.jspecify.annotations.Nullable;

/** What a station has: device model or configuration, its history, events, admission. */
final class DevicePages {

  private static final int PAGE = 100;

  /** Differences on one page; the API has them all. */
  private static final int MOST_LINES = 1_000;

  private final Pages pages;
  private final DeviceDesk desk;
  private final DeviceReadStore known;
  private final StationReadStore stations;
  private final Inventory inventory;
  private final AuditLog audit;
  private final IdSource ids;

  DevicePages(
      Pages pages,
      DeviceDesk desk,
      StationReadStore stations,
      Inventory inventory,
      AuditLog audit,
      IdSource ids) {
    this.pages = pages;
    this.desk = desk;
    this.known = desk.known();
    this.stations = stations;
    this.inventory = inventory;
    this.audit = audit;
    this.ids = ids;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/stations/{id}/device", Permission.STATIONS_READ, this::variables),
        ConsoleRoute.get("/stations/{id}/changes", Permission.STATIONS_READ, this::changes),
        ConsoleRoute.get("/stations/{id}/difference", Permission.STATIONS_READ, this::difference),
        ConsoleRoute.get("/stations/{id}/events", Permission.STATIONS_READ, this::events),
        ConsoleRoute.post("/stations/{id}/device/read", Permission.STATIONS_COMMAND, this::read),
        ConsoleRoute.post("/stations/{id}/admission", Permission.STATIONS_WRITE, this::decide));
  }

  private Answer variables(PageCall call) {
    StationRow row = find(call);
    String changed = call.query("changed");
    Filter filter = new Filter(call.query("q"), call.query("component"), since(call, changed));
    int offset = (int) Math.min(call.queryLong("from", 0), 1_000_000);
    List<VariableRow> found = known.variables(row.id(), filter, offset, PAGE + 1);
    boolean more = found.size() > PAGE;
    Map<String, Object> model = base(row);
    model.put("variables", more ? found.subList(0, PAGE) : found);
    model.put("components", known.components(row.id()));
    model.put("search", filter.search());
    model.put("component", filter.component());
    model.put("changed", changed);
    model.put("next", more ? offset + PAGE : 0);
    if (call.fromHtmx()) {
      model.remove("components");
      return pages.page(200, "part/device-list", call.ui(), model);
    }
    Optional<Provisioning.Decision> decided = desk.admission().provisioning().decision(row.id());
    model.put("summary", known.summary(row.id()));
    model.put("reports", known.reports(row.id(), Long.MAX_VALUE, 5));
    model.put(
        "decision", decided.map(Provisioning.Decision::decision).map(DevicePages::word).orElse(""));
    model.put("serial", decided.map(Provisioning.Decision::expectedSerial).orElse(""));
    return pages.page(200, "device", call.ui(), model);
  }

  /** The choices of "changed": within a day, a week, a month. */
  private static @Nullable Instant since(PageCall call, String changed) {
    Instant now = call.ui().place().now();
    return switch (changed) {
      case "day" -> now.minus(Duration.ofDays(1));
      case "week" -> now.minus(Duration.ofDays(7));
      case "month" -> now.minus(Duration.ofDays(31));
      default -> null;
    };
  }

  private Answer changes(PageCall call) {
    StationRow row = find(call);
    List<ValueChange> found =
        known.changes(
            row.id(),
            call.queryLong("variable", 0),
            call.queryLong("before", Long.MAX_VALUE),
            PAGE + 1);
    boolean more = found.size() > PAGE;
    List<ValueChange> shown = more ? found.subList(0, PAGE) : found;
    Map<String, Object> model = base(row);
    model.put("changes", shown);
    model.put("variable", call.queryLong("variable", 0));
    model.put("next", more ? shown.getLast().id() : 0L);
    return pages.page(200, "device-changes", call.ui(), model);
  }

  private Answer difference(PageCall call) {
    StationRow row = find(call);
    Instant now = call.ui().place().now();
    String with = call.query("with");
    Map<String, Object> model = base(row);
    Difference difference;
    if (with.isEmpty()) {
      Instant from = moment(call, row, "from", now.minus(Duration.ofDays(1)));
      Instant to = moment(call, row, "to", now);
      difference = Difference.of(known.valuesAt(row.id(), from), known.valuesAt(row.id(), to));
      model.put("leftName", call.ui().time(from));
      model.put("rightName", call.ui().time(to));
    } else {
      StationRow other =
          stations
              .find(call.scope(), with)
              .orElseThrow(() -> Problem.badField("with", "there is no such station").exception());
      difference = Difference.of(known.valuesAt(row.id(), now), known.valuesAt(other.id(), now));
      model.put("leftName", row.identity());
      model.put("rightName", other.identity());
    }
    List<Difference.Line> lines = difference.lines();
    model.put("lines", lines.size() > MOST_LINES ? lines.subList(0, MOST_LINES) : lines);
    model.put("more", Math.max(0, lines.size() - MOST_LINES));
    model.put("equal", difference.equal());
    model.put("with", with);
    model.put("from", call.query("from"));
    model.put("to", call.query("to"));
    model.put("reports", complete(row));
    return pages.page(200, "device-difference", call.ui(), model);
  }

  private List<ReportRow> complete(StationRow row) {
    return known.reports(row.id(), Long.MAX_VALUE, 50).stream()
        .filter(report -> report.kind().equals("variables") && report.completedAt() != null)
        .toList();
  }

  /** The time at which the report of that parameter was complete. */
  private Instant moment(PageCall call, StationRow row, String name, Instant otherwise) {
    return new Ref(call.query(name))
        .id().stream()
            .boxed()
            .flatMap(id -> known.report(row.id(), id).stream())
            .flatMap(report -> Optional.ofNullable(report.completedAt()).stream())
            .findFirst()
            .orElse(otherwise);
  }

  private Answer events(PageCall call) {
    StationRow row = find(call);
    List<EventRow> found =
        known.events(row.id(), call.queryLong("before", Long.MAX_VALUE), PAGE + 1);
    boolean more = found.size() > PAGE;
    List<EventRow> shown = more ? found.subList(0, PAGE) : found;
    Map<String, Object> model = base(row);
    model.put("events", shown);
    model.put("monitors", known.monitors(row.id(), 0, 500));
    model.put("summary", known.summary(row.id()));
    model.put("next", more ? shown.getLast().id() : 0L);
    return pages.page(200, "device-events", call.ui(), model);
  }

  private Answer read(PageCall call) {
    StationRow row = find(call);
    call.http().withoutTimeout();
    CommandOutcome outcome =
        desk.orders()
            .readModel(info(row), (int) (ids.next() & Integer.MAX_VALUE))
            .toCompletableFuture()
            .join();
    audit.append(entry(call, row, "station.read_model"));
    String key = outcome instanceof CommandOutcome.Answered ? "device.asked" : "device.not_asked";
    return pages.page(
        200,
        "part/device-told",
        call.ui(),
        Map.of("text", call.ui().t(key), "good", outcome instanceof CommandOutcome.Answered));
  }

  private Answer decide(PageCall call) {
    StationRow row = find(call);
    Registration decision = decision(call.form("decision"));
    call.http().withoutTimeout();
    CommandOutcome asked =
        desk.admission()
            .decide(info(row), decision, call.caller().actor())
            .toCompletableFuture()
            .join();
    audit.append(entry(call, row, "station.admission").with("decision", word(decision)));
    String key = asked instanceof CommandOutcome.Answered ? "device.decided_now" : "device.decided";
    return pages.page(
        200, "part/device-told", call.ui(), Map.of("text", call.ui().t(key), "good", true));
  }

  static Registration decision(String word) {
    return switch (word) {
      case "accepted" -> Registration.ACCEPTED;
      case "pending" -> Registration.PENDING;
      case "rejected" -> Registration.REJECTED;
      default ->
          throw Problem.badField("decision", "must be accepted, pending or rejected").exception();
    };
  }

  static String word(Registration registration) {
    return registration.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> base(StationRow row) {
    Map<String, Object> model = new HashMap<>();
    model.put("station", row);
    return model;
  }

  private StationRow find(PageCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private StationInfo info(StationRow row) {
    return inventory.byId(row.id()).orElseThrow(() -> Problem.notFound(null).exception());
  }

  private static AuditEntry entry(PageCall call, StationRow row, String action) {
    return AuditEntry.of(
        row.operatorId(), call.caller().actor(), action, "station:" + row.identity());
  }
}
