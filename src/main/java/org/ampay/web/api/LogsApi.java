package org.ampay.web.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.StationInfo;
import org.ampay.station.files.FileLinks.Direction;
import org.ampay.station.files.StationFile;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.ReportOrders.Tries;
import org.ampay.station.reports.SecurityLog;
import org.ampay.station.reports.SecurityRow;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.report.Desks;
import org.ampay.web.report.LogDesk;
import org.jspecify.annotations.Nullable;

/** Calls for logs, their files, and security events. */
final class LogsApi {

  /** A link for whoever asked for it a moment ago. */
  private static final Duration LINK = Duration.ofMinutes(10);

  private final Desks desks;
  private final StationFinder stations;
  private final AuditLog audit;

  LogsApi(Desks desks, StationFinder stations, AuditLog audit) {
    this.desks = desks;
    this.stations = stations;
    this.audit = audit;
  }

  record LogIn(
      @Field(value = "diagnostics or security", maxLength = 20) String log,
      @Field("1.6: GetLog of the security extension also for diagnostics")
          @Nullable Boolean extension,
      @Field(value = "a place outside; absent: a link of ours", maxLength = 512)
          @Nullable String location,
      @Nullable Instant from,
      @Nullable Instant to,
      @Field(min = 0, max = 100) @Nullable Integer retries,
      @Field(min = 0, max = 86_400) @Nullable Integer retryIntervalSeconds) {}

  record FileOut(
      long id,
      @Field("log, firmware") String kind,
      String name,
      @Field("expected, stored, deleted") String state,
      long sizeBytes,
      String sha256,
      Instant createdAt,
      @Nullable Instant storedAt) {}

  record LinkOut(@Field("for ten minutes, without a key") String url, Instant expiresAt) {}

  record SecurityOut(
      long id,
      String station,
      String type,
      boolean critical,
      @Field("by the station's clock") Instant at,
      Instant receivedAt,
      @Nullable String techInfo) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/logs", Permission.STATIONS_READ, "Lists log uploads")
            .query("station", "id of a station")
            .query("state", "for example running, done, failed")
            .lists(OperationOut.class)
            .by(call -> stations.operations(call, OperationKind.LOG)),
        ApiRoute.get("/logs/{id}", Permission.STATIONS_READ, "A log upload with its timeline")
            .answers(200, OperationOut.class)
            .by(call -> Answer.json(200, stations.out(stations.operation(call)))),
        ApiRoute.post("/stations/{id}/logs", Permission.STATIONS_COMMAND, "Asks for a log")
            .describe("GetLog, or GetDiagnostics for the diagnostics of a 1.6 station.")
            .takes(LogIn.class)
            .answers(201, OperationOut.class)
            .by(this::request),
        ApiRoute.get("/stations/{id}/files", Permission.STATIONS_READ, "Files of a station")
            .lists(FileOut.class)
            .by(this::files),
        ApiRoute.post("/files/{id}/link", Permission.STATIONS_COMMAND, "A link to a file's bytes")
            .answers(200, LinkOut.class)
            .by(this::link),
        ApiRoute.delete("/files/{id}", Permission.STATIONS_WRITE, "Deletes an uploaded log")
            .answers(204, null)
            .by(this::delete),
        ApiRoute.get("/security-events", Permission.STATIONS_READ, "Security events, newest first")
            .query("station", "id of a station")
            .query("type", "for example TamperDetectionActivated")
            .query("critical", "true: those only that are on the protocols' list")
            .query("from", "received at or after")
            .query("to", "received before")
            .lists(SecurityOut.class)
            .by(this::security));
  }

  private Answer request(ApiCall call) {
    LogIn in = call.body(LogIn.class);
    if (!in.log().equals("diagnostics") && !in.log().equals("security")) {
      throw Problem.badField("log", "must be diagnostics or security").exception();
    }
    call.http().withoutTimeout();
    LogDesk.Wish wish =
        new LogDesk.Wish(
            in.log().equals("security"),
            Boolean.TRUE.equals(in.extension()),
            in.location(),
            in.from(),
            in.to(),
            new Tries(in.retries(), in.retryIntervalSeconds()));
    return Answer.json(
        201,
        stations.out(desks.logs().request(stations.station(call), wish, call.caller().actor())));
  }

  private Answer files(ApiCall call) {
    StationInfo station = stations.station(call);
    List<StationFile> rows =
        desks
            .storage()
            .files()
            .ofStation(station.id(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, LogsApi::out, StationFile::id));
  }

  private Answer link(ApiCall call) {
    StationFile file = file(call);
    if (!file.isStored()) {
      throw Problem.conflict("not-stored", "the file is not there").exception();
    }
    Desks.Storage storage = desks.storage();
    Instant until = storage.time().now().plus(LINK);
    audit.append(entry(call, file, "file.read"));
    return Answer.json(
            200, new LinkOut(storage.links().url(Direction.DOWN, file.id(), until), until))
        .asSecret();
  }

  private Answer delete(ApiCall call) {
    StationFile file = file(call);
    if (file.kind() != StationFile.Kind.LOG) {
      throw Problem.conflict("not-a-log", "it is a firmware: delete that").exception();
    }
    desks.storage().files().delete(file.id());
    audit.append(entry(call, file, "file.delete"));
    return Answer.empty(204);
  }

  private StationFile file(ApiCall call) {
    return desks
        .storage()
        .files()
        .find(call.idParam("id"))
        .filter(file -> call.scope().covers(file.operatorId()))
        .orElseThrow(() -> Problem.notFound("there is no such file").exception());
  }

  private Answer security(ApiCall call) {
    SecurityLog.Filter filter =
        new SecurityLog.Filter(
            call.owner(null),
            stations.stationQuery(call),
            call.query("type"),
            "true".equals(call.choice("critical", List.of("true", "false"))),
            call.time("from"),
            call.time("to"));
    List<SecurityRow> rows =
        desks.reading().security().list(filter, call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(
        200,
        call.page(
            rows,
            row ->
                new SecurityOut(
                    row.id(),
                    row.station(),
                    row.type(),
                    row.critical(),
                    row.at(),
                    row.receivedAt(),
                    row.techInfo()),
            SecurityRow::id));
  }

  private static FileOut out(StationFile file) {
    return new FileOut(
        file.id(),
        file.kind().word(),
        file.name(),
        file.state().word(),
        file.sizeBytes(),
        file.sha256(),
        file.createdAt(),
        file.storedAt());
  }

  private static AuditEntry entry(ApiCall call, StationFile file, String action) {
    return AuditEntry.of(file.operatorId(), call.caller().actor(), action, "file:" + file.id())
        .with("name", file.name());
  }
}
