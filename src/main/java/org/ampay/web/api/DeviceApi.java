package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Inventory;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.station.device.DeviceDesk;
import org.ampay.station.device.DeviceReadStore;
import org.ampay.station.device.DeviceReadStore.EventRow;
import org.ampay.station.device.DeviceReadStore.Filter;
import org.ampay.station.device.DeviceReadStore.MonitorRow;
import org.ampay.station.device.DeviceReadStore.Values;
import org.ampay.station.device.Difference;
import org.ampay.station.device.Provisioning;
import org.ampay.station.device.ReportRow;
import org.ampay.station.device.ValueChange;
import org.ampay.station.device.VariableKey;
import org.ampay.station.device.VariableRow;
import org.ampay.web.api.DeviceShapes.AdmissionIn;
import org.ampay.web.api.DeviceShapes.AdmissionOut;
import org.ampay.web.api.DeviceShapes.ChangeOut;
import org.ampay.web.api.DeviceShapes.DifferenceOut;
import org.ampay.web.api.DeviceShapes.EventOut;
import org.ampay.web.api.DeviceShapes.MonitorOut;
import org.ampay.web.api.DeviceShapes.MonitoringOut;
import org.ampay.web.api.DeviceShapes.ReportOut;
import org.ampay.web.api.DeviceShapes.VariableOut;
import org.ampay.web.command.Commands;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationRow;

/** Calls for what a station has: device model or configuration, events, monitors, admission. */
final class DeviceApi {

  private final DeviceDesk desk;
  private final DeviceReadStore known;
  private final StationReadStore stations;
  private final Inventory inventory;
  private final AuditLog audit;
  private final IdSource ids;
  private final TimeSource time;

  DeviceApi(
      DeviceDesk desk,
      StationReadStore stations,
      Inventory inventory,
      AuditLog audit,
      IdSource ids,
      TimeSource time) {
    this.desk = desk;
    this.known = desk.known();
    this.stations = stations;
    this.inventory = inventory;
    this.audit = audit;
    this.ids = ids;
    this.time = time;
  }

  List<ApiRoute> routes() {
    return Stream.of(ofModel(), ofReports(), ofAdmission()).flatMap(List::stream).toList();
  }

  private List<ApiRoute> ofModel() {
    return List.of(
        ApiRoute.get(
                "/stations/{id}/variables",
                Permission.STATIONS_READ,
                "Device model (2.0.1) or configuration (1.6) of a station, as last known")
            .query("search", "part of the name of component or variable, or of the value")
            .query("component", "exact name of a component")
            .query("changed_since", "only what changed at or after that time")
            .lists(VariableOut.class)
            .by(this::variables),
        ApiRoute.get(
                "/stations/{id}/variables/changes",
                Permission.STATIONS_READ,
                "History of values, newest first")
            .query("variable_id", "`id` of one variable")
            .lists(ChangeOut.class)
            .by(this::changes),
        ApiRoute.get(
                "/stations/{id}/variables/difference",
                Permission.STATIONS_READ,
                "What differs between two times, two reports or two stations")
            .describe(
                "`from` and `to` (now by default), or `from_report` and `to_report`, or `with`:"
                    + " another station of the same operator as it is now.")
            .query("from", "a time")
            .query("to", "a time")
            .query("from_report", "id of a report")
            .query("to_report", "id of a report")
            .query("with", "id of another station")
            .answers(200, DifferenceOut.class)
            .by(this::difference));
  }

  private List<ApiRoute> ofReports() {
    return List.of(
        ApiRoute.get("/stations/{id}/reports", Permission.STATIONS_READ, "Reports, newest first")
            .lists(ReportOut.class)
            .by(this::reports),
        ApiRoute.post(
                "/stations/{id}/variables/read",
                Permission.STATIONS_COMMAND,
                "Asks the station for everything it has")
            .describe(
                "GetBaseReport (2.0.1: the report comes in parts) or GetConfiguration (1.6)."
                    + " Answers like a command.")
            .answers(200, null)
            .by(this::read),
        ApiRoute.get("/stations/{id}/monitors", Permission.STATIONS_READ, "Monitors of a station")
            .lists(MonitorOut.class)
            .by(this::monitors),
        ApiRoute.get(
                "/stations/{id}/monitoring",
                Permission.STATIONS_READ,
                "Base and level of monitoring, and how far the model is known")
            .answers(200, MonitoringOut.class)
            .by(this::monitoring),
        ApiRoute.get(
                "/stations/{id}/events",
                Permission.STATIONS_READ,
                "Events of a station (NotifyEvent), newest first")
            .lists(EventOut.class)
            .by(this::events));
  }

  private List<ApiRoute> ofAdmission() {
    return List.of(
        ApiRoute.get(
                "/stations/{id}/admission",
                Permission.STATIONS_READ,
                "What the next BootNotification will be answered")
            .answers(200, AdmissionOut.class)
            .by(call -> admission(find(call), false)),
        ApiRoute.put(
                "/stations/{id}/admission",
                Permission.STATIONS_WRITE,
                "Accepts, holds or rejects a station")
            .describe(
                "Holds from the next BootNotification on. A connected Pending station is asked"
                    + " for one at once; an accepted station goes on until it boots.")
            .takes(AdmissionIn.class)
            .answers(200, AdmissionOut.class)
            .by(this::decide));
  }

  private Answer variables(ApiCall call) {
    StationRow row = find(call);
    Filter filter =
        new Filter(
            call.query("search").orElse(""),
            call.query("component").orElse(""),
            call.time("changed_since").orElse(null));
    int offset = (int) Math.min(call.cursorId(0), 1_000_000);
    List<VariableRow> rows = known.variables(row.id(), filter, offset, call.limit() + 1);
    int next = offset + call.limit();
    return Answer.json(200, call.page(rows, VariableOut::of, last -> next));
  }

  private Answer changes(ApiCall call) {
    StationRow row = find(call);
    long variable = call.query("variable_id").map(text -> id("variable_id", text)).orElse(0L);
    List<ValueChange> rows =
        known.changes(row.id(), variable, call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, ChangeOut::of, ValueChange::id));
  }

  private static long id(String field, String text) {
    return new Ref(text)
        .id()
        .orElseThrow(() -> Problem.badField(field, "must be an id").exception());
  }

  private Answer difference(ApiCall call) {
    StationRow row = find(call);
    Instant now = time.now();
    Optional<String> with = call.query("with");
    Map<VariableKey, Values> left;
    Map<VariableKey, Values> right;
    if (with.isPresent()) {
      StationRow other =
          stations
              .find(call.scope(), with.get())
              .filter(s -> s.operatorId() == row.operatorId())
              .orElseThrow(() -> Problem.badField("with", "there is no such station").exception());
      left = known.valuesAt(row.id(), now);
      right = known.valuesAt(other.id(), now);
    } else {
      Instant from =
          moment(call, row, "from")
              .orElseThrow(() -> Problem.badField("from", "must be given, or with").exception());
      left = known.valuesAt(row.id(), from);
      right = known.valuesAt(row.id(), moment(call, row, "to").orElse(now));
    }
    return Answer.json(200, DifferenceOut.of(Difference.of(left, right)));
  }

  /** A time, or the time at which a report was complete. */
  private Optional<Instant> moment(ApiCall call, StationRow row, String name) {
    Optional<String> report = call.query(name + "_report");
    if (report.isEmpty()) {
      return call.time(name);
    }
    String field = name + "_report";
    ReportRow found =
        known
            .report(row.id(), id(field, report.get()))
            .orElseThrow(() -> Problem.badField(field, "there is no such report").exception());
    return Optional.of(
        Optional.ofNullable(found.completedAt())
            .orElseThrow(() -> Problem.badField(field, "is not complete").exception()));
  }

  private Answer reports(ApiCall call) {
    List<ReportRow> rows =
        known.reports(find(call).id(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, ReportOut::of, ReportRow::id));
  }

  private Answer monitors(ApiCall call) {
    List<MonitorRow> rows = known.monitors(find(call).id(), call.cursorId(0), call.limit() + 1);
    return Answer.json(200, call.page(rows, MonitorOut::of, MonitorRow::id));
  }

  private Answer monitoring(ApiCall call) {
    return Answer.json(200, MonitoringOut.of(known.summary(find(call).id())));
  }

  private Answer events(ApiCall call) {
    List<EventRow> rows =
        known.events(find(call).id(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, EventOut::of, EventRow::id));
  }

  private Answer read(ApiCall call) {
    StationRow row = find(call);
    call.http().withoutTimeout();
    CommandOutcome outcome =
        desk.orders()
            .readModel(info(row), (int) (ids.next() & Integer.MAX_VALUE))
            .toCompletableFuture()
            .join();
    audit.append(entry(call, row, "station.read_model"));
    return CommandsApi.told(new Commands.Told(0, outcome));
  }

  private Answer decide(ApiCall call) {
    StationRow row = find(call);
    Registration decision = decision("decision", call.body(AdmissionIn.class).decision());
    call.http().withoutTimeout();
    CommandOutcome asked =
        desk.admission()
            .decide(info(row), decision, call.caller().actor())
            .toCompletableFuture()
            .join();
    audit.append(entry(call, row, "station.admission").with("decision", word(decision)));
    return admission(find(call), asked instanceof CommandOutcome.Answered);
  }

  private Answer admission(StationRow row, boolean bootRequested) {
    Optional<Provisioning.Decision> decided = desk.admission().provisioning().decision(row.id());
    return Answer.json(
        200,
        new AdmissionOut(
            row.registration(),
            decided.map(Provisioning.Decision::decision).map(DeviceApi::word).orElse(null),
            decided.map(Provisioning.Decision::expectedSerial).orElse(null),
            decided.map(Provisioning.Decision::by).orElse(null),
            bootRequested));
  }

  /** {@code accepted}, {@code pending}, {@code rejected}. */
  static Registration decision(String field, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "accepted" -> Registration.ACCEPTED;
      case "pending" -> Registration.PENDING;
      case "rejected" -> Registration.REJECTED;
      default -> throw Problem.badField(field, "must be accepted, pending or rejected").exception();
    };
  }

  static String word(Registration registration) {
    return registration.name().toLowerCase(Locale.ROOT);
  }

  private StationRow find(ApiCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such station").exception());
  }

  private StationInfo info(StationRow row) {
    return inventory
        .byId(row.id())
        .orElseThrow(() -> Problem.notFound("there is no such station").exception());
  }

  private static AuditEntry entry(ApiCall call, StationRow row, String action) {
    return AuditEntry.of(
        row.operatorId(), call.caller().actor(), action, "station:" + row.identity());
  }
}
