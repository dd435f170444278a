package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.NewStation;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.web.command.Commands;
import org.ampay.web.command.StationKeys;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.people.Permission;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.SessionReadStore.SessionFilter;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationFilter;
import org.ampay.web.read.StationReadStore.StationRow;

/** Stations: list, detail, adding one. */
final class StationPages {

  private static final int PAGE = 50;

  private final Pages pages;
  private final Inventory inventory;
  private final StationReadStore stations;
  private final SessionReadStore sessions;
  private final Commands commands;
  private final StationKeys keys;
  private final AuditLog audit;

  StationPages(
      Pages pages,
      Inventory inventory,
      StationReadStore stations,
      SessionReadStore sessions,
      Commands commands,
      StationKeys keys,
      AuditLog audit) {
    this.pages = pages;
    this.inventory = inventory;
    this.stations = stations;
    this.sessions = sessions;
    this.commands = commands;
    this.keys = keys;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/stations", Permission.STATIONS_READ, this::list),
        ConsoleRoute.get("/stations/new", Permission.STATIONS_WRITE, this::blank),
        ConsoleRoute.post("/stations", Permission.STATIONS_WRITE, this::create),
        ConsoleRoute.get("/stations/{id}", Permission.STATIONS_READ, this::detail),
        ConsoleRoute.get("/stations/{id}/row", Permission.STATIONS_READ, this::row),
        ConsoleRoute.get("/stations/{id}/live", Permission.STATIONS_READ, this::live),
        ConsoleRoute.post("/stations/{id}/password", Permission.STATIONS_WRITE, this::password));
  }

  private Answer list(PageCall call) {
    String search = call.query("q");
    long site = call.queryLong("site", 0);
    List<StationRow> rows =
        stations.list(
            call.scope(),
            new StationFilter(search, site == 0 ? null : site),
            call.query("after"),
            PAGE + 1);
    boolean more = rows.size() > PAGE;
    List<StationView> shown = views(more ? rows.subList(0, PAGE) : rows);
    Map<String, Object> model = new HashMap<>();
    model.put("stations", shown);
    model.put("search", search);
    model.put("site", site);
    model.put("sites", inventory.sites(call.operatorId()));
    model.put("next", more ? shown.getLast().row().identity() : "");
    boolean filtered = !search.isEmpty() || site != 0 || !call.query("after").isEmpty();
    model.put("filtered", filtered);
    return pages.page(200, call.fromHtmx() ? "part/station-list" : "stations", call.ui(), model);
  }

  private List<StationView> views(List<StationRow> rows) {
    Map<Long, List<StationReadStore.EvseRow>> evses =
        stations.evses(rows.stream().map(StationRow::id).toList());
    return rows.stream()
        .map(
            row ->
                new StationView(
                    row, evses.getOrDefault(row.id(), List.of()), commands.connected(row.id())))
        .toList();
  }

  /** The station of the path; {@code id} is its identity, for live rows its row's id. */
  private StationView find(PageCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .map(row -> views(List.of(row)).getFirst())
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer row(PageCall call) {
    return pages.page(200, "part/station-row", call.ui(), Map.of("station", find(call)));
  }

  private Answer live(PageCall call) {
    return pages.page(200, "part/station-live", call.ui(), Map.of("station", find(call)));
  }

  private Answer detail(PageCall call) {
    return detail(call, "");
  }

  private Answer detail(PageCall call, String password) {
    StationView station = find(call);
    Map<String, Object> model = new HashMap<>();
    model.put("station", station);
    model.put("password", password);
    model.put(
        "sessions",
        sessions.list(
            call.scope(), SessionFilter.ofStation(station.row().identity()), Long.MAX_VALUE, 10));
    model.put("commands", commands.newest(station.row().id(), null, Long.MAX_VALUE, 5));
    model.put("actions", StationActions.of(station.row().protocol()));
    return pages.page(200, "station", call.ui(), model);
  }

  private Answer blank(PageCall call) {
    return form(call, 200, "");
  }

  private Answer form(PageCall call, int status, String error) {
    Map<String, Object> model = new HashMap<>();
    model.put("sites", inventory.sites(call.operatorId()));
    model.put("error", error);
    model.put("form", StationForm.of(call));
    return pages.page(status, "station-new", call.ui(), model);
  }

  private Answer create(PageCall call) {
    try {
      StationForm form = StationForm.of(call);
      long operator = call.operatorId();
      Site site = site(operator, form);
      int profile = form.withPassword() ? 1 : 0;
      NewStation wanted =
          Faults.input(
              () ->
                  new NewStation(
                      operator, site.id(), form.id(), form.nameOrId(), profile, form.evses()));
      Optional<String> password =
          form.withPassword() ? Optional.of(keys.generate()) : Optional.empty();
      AuditEntry entry =
          AuditEntry.of(
                  operator, call.caller().actor(), "station.create", "station:" + wanted.identity())
              .with("security_profile", profile);
      StationInfo made =
          Faults.refusals(
              () -> inventory.createStation(wanted, password, tx -> audit.append(tx, entry)));
      return pages.page(
          201,
          "station-made",
          call.ui(),
          Map.of("identity", made.identity(), "password", password.orElse("")));
    } catch (ProblemException e) {
      return form(call, 400, Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private Site site(long operator, StationForm form) {
    return inventory
        .site(operator, form.siteId())
        .orElseGet(() -> Faults.refusals(() -> inventory.createSite(form.newSite(operator))));
  }

  private Answer password(PageCall call) {
    StationRow row = find(call).row();
    String password = keys.generate();
    StationInfo info =
        inventory.byId(row.id()).orElseThrow(() -> Problem.notFound(null).exception());
    StationKeys.Told told = keys.change(info, password, call.caller().actor());
    audit.append(
        AuditEntry.of(
                row.operatorId(),
                call.caller().actor(),
                "station.password",
                "station:" + row.identity())
            .with("told", told));
    return pages.page(
        200, "part/station-password", call.ui(), Map.of("password", password, "told", told));
  }
}
