package org.ampay.web.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.Inventory.StationPatch;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.web.api.StationShapes.NewStationIn;
import org.ampay.web.api.StationShapes.PasswordIn;
import org.ampay.web.api.StationShapes.PasswordOut;
import org.ampay.web.api.StationShapes.StationOut;
import org.ampay.web.api.StationShapes.StationPatchIn;
import org.ampay.web.command.Commands;
import org.ampay.web.command.StationKeys;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationFilter;
import org.ampay.web.read.StationReadStore.StationRow;
import org.jspecify.annotations.Nullable;

/** Calls for stations: inventory and passwords. */
final class StationsApi {

  private final Inventory inventory;
  private final SitesApi sites;
  private final StationReadStore stations;
  private final Commands commands;
  private final StationKeys keys;
  private final AuditLog audit;

  StationsApi(
      Inventory inventory,
      SitesApi sites,
      StationReadStore stations,
      Commands commands,
      StationKeys keys,
      AuditLog audit) {
    this.inventory = inventory;
    this.sites = sites;
    this.stations = stations;
    this.commands = commands;
    this.keys = keys;
    this.audit = audit;
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/stations", Permission.STATIONS_READ, "Lists stations")
            .query("search", "part of the id or name")
            .query("site", "id or code of a site")
            .lists(StationOut.class)
            .by(this::list),
        ApiRoute.post("/stations", Permission.STATIONS_WRITE, "Adds a station")
            .describe(
                "Only `id` is needed: the rest is one EVSE with one connector at the operator's"
                    + " default site, without a password.")
            .takes(NewStationIn.class)
            .answers(201, StationOut.class)
            .by(this::create),
        ApiRoute.get("/stations/{id}", Permission.STATIONS_READ, "A station with its live state")
            .answers(200, StationOut.class)
            .by(this::get),
        ApiRoute.patch("/stations/{id}", Permission.STATIONS_WRITE, "Changes a station")
            .takes(StationPatchIn.class)
            .answers(200, StationOut.class)
            .by(this::patch),
        ApiRoute.delete("/stations/{id}", Permission.STATIONS_WRITE, "Deletes a station")
            .describe("Its sessions stay; 409 while some run or are in review.")
            .answers(204, null)
            .by(this::delete),
        ApiRoute.post(
                "/stations/{id}/password", Permission.STATIONS_WRITE, "Sets the Basic password")
            .describe(
                "A connected station is told first and must accept; profile 0 becomes 1. A station"
                    + " that is away is told when it is back; until then both passwords are good.")
            .takes(PasswordIn.class)
            .answers(200, PasswordOut.class)
            .by(this::password));
  }

  private Answer list(ApiCall call) {
    Long site =
        call.query("site")
            .map(text -> sites.resolve(call.owner(null), new Ref(text)).id())
            .orElse(null);
    List<StationRow> rows =
        stations.list(
            call.scope(),
            new StationFilter(call.query("search").orElse(""), site),
            call.cursorText(),
            call.limit() + 1);
    Map<Long, List<StationReadStore.EvseRow>> evses =
        stations.evses(rows.stream().map(StationRow::id).toList());
    return Answer.json(
        200,
        call.page(
            rows,
            row ->
                StationOut.of(
                    row,
                    evses.getOrDefault(row.id(), List.of()),
                    commands.connected(row.id()),
                    null),
            StationRow::identity));
  }

  private Answer get(ApiCall call) {
    return Answer.json(200, out(find(call), null));
  }

  private StationOut out(StationRow row, @Nullable String password) {
    return StationOut.of(
        row,
        stations.evses(List.of(row.id())).getOrDefault(row.id(), List.of()),
        commands.connected(row.id()),
        password);
  }

  private StationRow find(ApiCall call) {
    return stations.find(call.scope(), call.pathParam("id")).orElseThrow(StationsApi::unknown);
  }

  private static RuntimeException unknown() {
    return Problem.notFound("there is no such station").exception();
  }

  private Answer create(ApiCall call) {
    NewStationIn in = call.body(NewStationIn.class);
    long operator = call.owner(in.operator());
    if (inventory.operator(operator).isEmpty()) {
      throw Problem.badField("operator", "there is no such operator").exception();
    }
    String given = in.password();
    if (given != null) {
      checkPassword(given);
    }
    int profile = Objects.requireNonNullElse(in.securityProfile(), in.password() == null ? 0 : 1);
    if (profile == 0 && given != null) {
      throw Problem.badField("security_profile", "must be 1 or 2 with a password").exception();
    }
    String generated = (profile == 1 || profile == 2) && given == null ? keys.generate() : null;
    Site site = sites.resolve(operator, in.site());
    AuditEntry entry =
        AuditEntry.of(operator, call.caller().actor(), "station.create", "station:" + in.id())
            .with("security_profile", profile);
    StationInfo station =
        inventory.createStation(
            NewStations.of(in, operator, site.id(), profile),
            Optional.ofNullable(given == null ? generated : given),
            tx -> audit.append(tx, entry));
    StationRow row = stations.find(call.scope(), station.identity()).orElseThrow();
    Answer answer = Answer.json(201, out(row, generated));
    return generated == null ? answer : answer.asSecret();
  }

  private Answer patch(ApiCall call) {
    StationRow row = find(call);
    StationPatchIn in = call.body(StationPatchIn.class);
    if (in.name() != null && in.name().isBlank()) {
      throw Problem.badField("name", "must not be empty").exception();
    }
    Optional<Long> site =
        Optional.ofNullable(in.site()).map(ref -> sites.resolve(row.operatorId(), ref).id());
    inventory.updateStation(
        row.operatorId(),
        row.id(),
        new StationPatch(
            Optional.ofNullable(in.name()), site, Optional.ofNullable(in.securityProfile())),
        tx -> audit.append(tx, entry(call, row, "station.update")));
    return get(call);
  }

  private Answer delete(ApiCall call) {
    StationRow row = find(call);
    inventory.deleteStation(
        row.operatorId(),
        row.id(),
        tx -> {
          // Nothing could end them, nor give back what they hold, without their station.
          if (stations.hasOpenSessions(tx, row.id())) {
            throw Problem.conflict(
                    "open-sessions", "the station has sessions that run or are in review")
                .exception();
          }
          audit.append(tx, entry(call, row, "station.delete"));
        });
    return Answer.empty(204);
  }

  private Answer password(ApiCall call) {
    StationRow row = find(call);
    String given = call.body(PasswordIn.class).password();
    if (given != null) {
      checkPassword(given);
    }
    String password = given == null ? keys.generate() : given;
    StationKeys.Told told = keys.change(info(row), password, call.caller().actor());
    audit.append(entry(call, row, "station.password").with("told", told));
    Answer answer =
        Answer.json(
            200,
            new PasswordOut(
                given == null ? password : null,
                told == StationKeys.Told.ACCEPTED,
                told == StationKeys.Told.WAITS));
    return given == null ? answer.asSecret() : answer;
  }

  static void checkPassword(String password) {
    boolean visible = password.chars().allMatch(c -> c > ' ' && c < 127);
    if (password.length() < 8 || !visible) {
      throw Problem.badField("password", "must be 8 to 64 visible ASCII characters").exception();
    }
  }

  private StationInfo info(StationRow row) {
    return inventory.byId(row.id()).orElseThrow(StationsApi::unknown);
  }

  private static AuditEntry entry(ApiCall call, StationRow row, String action) {
    return AuditEntry.of(
        row.operatorId(), call.caller().actor(), action, "station:" + row.identity());
  }
}
