package org.ampay.web.console;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.files.FileLinks.Direction;
import org.ampay.station.files.FirmwareImage;
import org.ampay.station.files.StationFile;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.OperationRow;
import org.ampay.station.reports.Operations.Filter;
import org.ampay.station.reports.ReportOrders.Tries;
import org.ampay.station.reports.SecurityLog;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.report.Desks;
import org.ampay.web.report.FirmwareDesk;
import org.ampay.web.report.LogDesk;

/** Firmware, logs and security events of one station. */
final class ReportPages {

  private static final int SHOWN = 20;
  private static final int IMAGES = 100;

  /** For the browser that is sent there at once. */
  private static final Duration LINK = Duration.ofMinutes(2);

  private final Pages pages;
  private final Inventory inventory;
  private final Desks desks;
  private final AuditLog audit;

  ReportPages(Pages pages, Inventory inventory, Desks desks, AuditLog audit) {
    this.pages = pages;
    this.inventory = inventory;
    this.desks = desks;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get(
            "/stations/{id}/firmware", Permission.STATIONS_READ, call -> show(call, 200, "")),
        ConsoleRoute.get("/stations/{id}/firmware/list", Permission.STATIONS_READ, this::list),
        ConsoleRoute.post("/stations/{id}/firmware", Permission.STATIONS_COMMAND, this::update),
        ConsoleRoute.post("/stations/{id}/logs", Permission.STATIONS_COMMAND, this::log),
        ConsoleRoute.post("/operations/{id}/retry", Permission.STATIONS_COMMAND, this::retry),
        ConsoleRoute.get("/files/{id}", Permission.STATIONS_COMMAND, this::download));
  }

  private StationInfo station(PageCall call) {
    return inventory
        .byIdentity(call.pathParam("id"))
        .filter(station -> station.operatorId() == call.operatorId())
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer show(PageCall call, int status, String error) {
    StationInfo station = station(call);
    Map<String, Object> model = new HashMap<>(lists(station));
    model.put("error", error);
    model.put(
        "images",
        desks.storage().firmwares().list(station.operatorId(), Long.MAX_VALUE, IMAGES).stream()
            .filter(FirmwareImage::isReady)
            .toList());
    return pages.page(status, "station-reports", call.ui(), model);
  }

  /** The part of the page that changes by itself. */
  private Answer list(PageCall call) {
    return pages.page(200, "part/station-operations", call.ui(), lists(station(call)));
  }

  private Map<String, Object> lists(StationInfo station) {
    Map<String, Object> model = new HashMap<>();
    model.put("station", station);
    model.put("updates", newest(station, OperationKind.FIRMWARE));
    model.put("publications", newest(station, OperationKind.PUBLISH));
    model.put("logs", newest(station, OperationKind.LOG));
    model.put("files", desks.storage().files().ofStation(station.id(), Long.MAX_VALUE, SHOWN));
    model.put(
        "events",
        desks
            .reading()
            .security()
            .list(
                SecurityLog.Filter.ofStation(station.operatorId(), station.id()),
                Long.MAX_VALUE,
                SHOWN));
    return model;
  }

  /** With their timelines. */
  private List<OperationRow> newest(StationInfo station, OperationKind kind) {
    return desks
        .reading()
        .operations()
        .list(Filter.ofStation(station, kind), Long.MAX_VALUE, SHOWN)
        .stream()
        .map(row -> desks.reading().operations().find(station.operatorId(), row.id()).orElse(row))
        .toList();
  }

  private Answer update(PageCall call) {
    StationInfo station = station(call);
    return after(
        call,
        () -> {
          long image =
              new Ref(call.form("firmware"))
                  .id()
                  .orElseThrow(() -> Problem.badField("firmware", "is missing").exception());
          desks
              .firmware()
              .update(
                  station,
                  new FirmwareDesk.Wish(
                      image,
                      null,
                      null,
                      null,
                      call.form("unsigned").equals("true"),
                      null,
                      null,
                      new Tries(null, null)),
                  call.caller().actor());
        });
  }

  private Answer log(PageCall call) {
    StationInfo station = station(call);
    return after(
        call,
        () ->
            desks
                .logs()
                .request(
                    station,
                    LogDesk.Wish.of(call.form("log").equals("security")),
                    call.caller().actor()));
  }

  private Answer after(PageCall call, Runnable work) {
    call.http().withoutTimeout();
    try {
      work.run();
      return Answer.seeOther("/stations/" + call.ui().part(call.pathParam("id")) + "/firmware");
    } catch (ProblemException e) {
      return show(call, e.problem().status(), String.valueOf(e.getMessage()));
    }
  }

  private Answer retry(PageCall call) {
    OperationRow old =
        desks
            .reading()
            .operations()
            .find(call.operatorId(), call.idParam("id"))
            .orElseThrow(() -> Problem.notFound(null).exception());
    call.http().withoutTimeout();
    OperationRow row = desks.firmware().retry(old, call.caller().actor());
    String identity = inventory.byId(row.stationId()).map(StationInfo::identity).orElse("");
    return Answer.seeOther("/stations/" + call.ui().part(identity) + "/firmware");
  }

  /** Sends the browser to the bytes, by a link that ends soon. */
  private Answer download(PageCall call) {
    StationFile file =
        desks
            .storage()
            .files()
            .find(call.idParam("id"))
            .filter(f -> f.operatorId() == call.operatorId() && f.isStored())
            .orElseThrow(() -> Problem.notFound(null).exception());
    audit.append(
        AuditEntry.of(file.operatorId(), call.caller().actor(), "file.read", "file:" + file.id())
            .with("name", file.name()));
    Instant until = call.ui().place().now().plus(LINK);
    return Answer.seeOther(desks.storage().links().path(Direction.DOWN, file.id(), until));
  }
}
