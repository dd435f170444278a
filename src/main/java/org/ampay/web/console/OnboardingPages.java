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
import org.ampay.station.Registration;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.station.device.DeviceDesk;
import org.ampay.station.device.Onboarding;
import org.ampay.station.device.StationImport;
import org.ampay.station.device.UnknownStations.Unknown;
import org.ampay.web.command.StationKeys;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;

/**
 * Stations that are to come: those that knock, lists of those that will, what new ones are told.
 */
final class OnboardingPages {

  private static final int PAGE = 50;

  private final Pages pages;
  private final DeviceDesk desk;
  private final Inventory inventory;
  private final StationKeys keys;
  private final AuditLog audit;

  OnboardingPages(
      Pages pages, DeviceDesk desk, Inventory inventory, StationKeys keys, AuditLog audit) {
    this.pages = pages;
    this.desk = desk;
    this.inventory = inventory;
    this.keys = keys;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get(
            "/onboarding", Permission.STATIONS_WRITE, call -> list(call, 200, Shown.NOTHING)),
        ConsoleRoute.get("/onboarding/badge", Permission.STATIONS_WRITE, this::badge),
        ConsoleRoute.post("/onboarding/adopt", Permission.STATIONS_WRITE, this::adopt),
        ConsoleRoute.post("/onboarding/forget", Permission.STATIONS_WRITE, this::forget),
        ConsoleRoute.post("/onboarding/import", Permission.STATIONS_WRITE, this::importAll),
        ConsoleRoute.post("/onboarding/rule", Permission.STATIONS_WRITE, this::setRule));
  }

  /** What a form came to. */
  private record Shown(
      String error, String csv, List<StationImport.LineError> lines, int imported) {
    static final Shown NOTHING = new Shown("", "", List.of(), 0);
  }

  private Answer list(PageCall call, int status, Shown shown) {
    boolean sees = sees(call);
    int offset = (int) Math.min(call.queryLong("from", 0), 1_000_000);
    List<Unknown> found = sees ? desk.onboarding().unknown().list(offset, PAGE + 1) : List.of();
    boolean more = found.size() > PAGE;
    Map<String, Object> model = new HashMap<>();
    model.put("unknown", more ? found.subList(0, PAGE) : found);
    model.put("sees", sees);
    model.put("next", more ? offset + PAGE : 0);
    model.put("sites", inventory.sites(call.operatorId()));
    model.put("types", StationForm.CONNECTOR_TYPES);
    model.put("adopt", call.query("adopt"));
    model.put("rule", DevicePages.word(desk.admission().provisioning().rule(call.operatorId())));
    model.put("columns", String.join(",", StationImport.COLUMNS));
    model.put("error", shown.error());
    model.put("csv", shown.csv());
    model.put("lines", shown.lines());
    model.put("imported", shown.imported());
    return pages.page(status, "onboarding", call.ui(), model);
  }

  /** An identity belongs to nobody before somebody adopts it. */
  private boolean sees(PageCall call) {
    return call.caller().operatorId() == null || inventory.operators().size() == 1;
  }

  private Answer badge(PageCall call) {
    int count = sees(call) ? desk.onboarding().unknown().count() : 0;
    return pages.page(200, "part/onboarding-badge", call.ui(), Map.of("count", count));
  }

  private Answer adopt(PageCall call) {
    try {
      StationForm form = StationForm.of(call);
      long operator = call.operatorId();
      Site site =
          inventory
              .site(operator, form.siteId())
              .orElseGet(() -> Faults.refusals(() -> inventory.createSite(form.newSite(operator))));
      NewStation wanted =
          Faults.input(
              () ->
                  new NewStation(
                      operator,
                      site.id(),
                      form.id(),
                      form.nameOrId(),
                      form.withPassword() ? 1 : 0,
                      form.evses()));
      Optional<String> password =
          form.withPassword() ? Optional.of(keys.generate()) : Optional.empty();
      Registration decision =
          call.form("admission").isEmpty() ? null : DevicePages.decision(call.form("admission"));
      StationInfo made =
          Faults.refusals(
              () -> desk.onboarding().adopt(wanted, password, decision, call.caller().actor()));
      audit.append(
          AuditEntry.of(
              operator, call.caller().actor(), "station.adopt", "station:" + made.identity()));
      return pages.page(
          201,
          "station-made",
          call.ui(),
          Map.of("identity", made.identity(), "password", password.orElse("")));
    } catch (ProblemException e) {
      String error = Objects.requireNonNullElse(e.getMessage(), "");
      return list(call, 400, new Shown(error, "", List.of(), 0));
    }
  }

  private Answer forget(PageCall call) {
    if (!sees(call)) {
      throw Problem.forbidden(null).exception();
    }
    desk.onboarding().unknown().forget(call.form("id"));
    audit.append(
        AuditEntry.of(
            call.caller().operatorId(),
            call.caller().actor(),
            "onboarding.forget",
            "station:" + call.form("id")));
    return Answer.seeOther("/onboarding");
  }

  private Answer importAll(PageCall call) {
    long operator = call.operatorId();
    Optional<Site> site =
        new Ref(call.form("site"))
            .id().stream().boxed().flatMap(id -> inventory.site(operator, id).stream()).findFirst();
    String csv = call.form("csv");
    Onboarding.Imported imported =
        desk.onboarding().importAll(operator, csv, site, call.caller().actor());
    if (!imported.errors().isEmpty()) {
      List<StationImport.LineError> lines = imported.errors();
      return list(
          call, 400, new Shown("", csv, lines.size() > 200 ? lines.subList(0, 200) : lines, 0));
    }
    audit.append(
        AuditEntry.of(operator, call.caller().actor(), "station.import", "operator:" + operator)
            .with("stations", imported.made().size()));
    return list(call, 201, new Shown("", "", List.of(), imported.made().size()));
  }

  private Answer setRule(PageCall call) {
    Registration rule = DevicePages.decision(call.form("rule"));
    desk.admission().provisioning().setRule(call.operatorId(), rule);
    audit.append(
        AuditEntry.of(
                call.operatorId(),
                call.caller().actor(),
                "provisioning.rule",
                "operator:" + call.operatorId())
            .with("new_stations", DevicePages.word(rule)));
    return Answer.seeOther("/onboarding");
  }
}
