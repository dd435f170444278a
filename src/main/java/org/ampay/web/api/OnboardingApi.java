package org.ampay.web.api;

import java.util.List;
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
import org.ampay.station.device.EvseTemplate;
import org.ampay.station.device.Onboarding;
import org.ampay.station.device.UnknownStations.Unknown;
import org.ampay.web.api.DeviceShapes.AdoptIn;
import org.ampay.web.api.DeviceShapes.ImportOut;
import org.ampay.web.api.DeviceShapes.ProvisioningIn;
import org.ampay.web.api.DeviceShapes.ProvisioningOut;
import org.ampay.web.api.DeviceShapes.UnknownOut;
import org.ampay.web.api.StationShapes.StationOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Caller;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;

/** Calls for stations that are to come: those that knock, and lists of those that will. */
final class OnboardingApi {

  private final DeviceDesk desk;
  private final SitesApi sites;
  private final StationReadStore stations;
  private final Inventory inventory;
  private final AuditLog audit;

  OnboardingApi(
      DeviceDesk desk,
      SitesApi sites,
      StationReadStore stations,
      Inventory inventory,
      AuditLog audit) {
    this.desk = desk;
    this.sites = sites;
    this.stations = stations;
    this.inventory = inventory;
    this.audit = audit;
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/onboarding",
                Permission.STATIONS_WRITE,
                "Identities that knocked and are not known, last seen first")
            .describe(
                "They belong to nobody yet: with several operators only keys of the platform see"
                    + " them.")
            .lists(UnknownOut.class)
            .by(this::list),
        ApiRoute.post(
                "/onboarding/{id}/adopt",
                Permission.STATIONS_WRITE,
                "Makes a station of an identity")
            .describe("It is let in when it knocks the next time.")
            .takes(AdoptIn.class)
            .answers(201, StationOut.class)
            .by(this::adopt),
        ApiRoute.delete("/onboarding/{id}", Permission.STATIONS_WRITE, "Forgets an identity")
            .describe("It is remembered anew when it knocks again.")
            .answers(204, null)
            .by(this::forget),
        ApiRoute.post(
                "/station-imports",
                Permission.STATIONS_WRITE,
                "Adds many stations that are to come")
            .describe(
                "The body is CSV with the columns "
                    + String.join(", ", org.ampay.station.device.StationImport.COLUMNS)
                    + "; `id` or `serial` is needed. All stations are made, or none, and each"
                    + " wrong line is told (then status 400).")
            .takesAny()
            .answers(201, ImportOut.class)
            .by(this::importAll),
        ApiRoute.get("/provisioning", Permission.STATIONS_READ, "What new stations are answered")
            .answers(200, ProvisioningOut.class)
            .by(call -> rule(call.owner(null))),
        ApiRoute.put(
                "/provisioning", Permission.STATIONS_WRITE, "Sets what new stations are answered")
            .takes(ProvisioningIn.class)
            .answers(200, ProvisioningOut.class)
            .by(this::setRule));
  }

  /** Whether somebody may see identities that belong to nobody. */
  static boolean seesUnknown(Caller caller, Inventory inventory) {
    return caller.operatorId() == null || inventory.operators().size() == 1;
  }

  private void checkSees(ApiCall call) {
    if (!seesUnknown(call.caller(), inventory)) {
      throw Problem.forbidden("unknown identities are shown to the platform only").exception();
    }
  }

  private Answer list(ApiCall call) {
    checkSees(call);
    int offset = (int) Math.min(call.cursorId(0), 1_000_000);
    List<Unknown> rows = desk.onboarding().unknown().list(offset, call.limit() + 1);
    int next = offset + call.limit();
    return Answer.json(200, call.page(rows, UnknownOut::of, last -> next));
  }

  private Answer adopt(ApiCall call) {
    AdoptIn in = call.body(AdoptIn.class);
    long operator = call.owner(in.operator());
    if (inventory.operator(operator).isEmpty()) {
      throw Problem.badField("operator", "there is no such operator").exception();
    }
    String password = in.password();
    if (password != null) {
      StationsApi.checkPassword(password);
    }
    String admission = in.admission();
    Registration decision = admission == null ? null : DeviceApi.decision("admission", admission);
    String identity = call.pathParam("id");
    Site site = sites.resolve(operator, in.site());
    NewStation wanted = Faults.input(() -> wanted(in, operator, site, identity));
    StationInfo made =
        desk.onboarding()
            .adopt(wanted, Optional.ofNullable(password), decision, call.caller().actor());
    audit.append(
        AuditEntry.of(
            operator, call.caller().actor(), "station.adopt", "station:" + made.identity()));
    StationReadStore.StationRow row = stations.find(call.scope(), made.identity()).orElseThrow();
    return Answer.json(
        201,
        StationOut.of(
            row, stations.evses(List.of(row.id())).getOrDefault(row.id(), List.of()), false, null));
  }

  private static NewStation wanted(AdoptIn in, long operator, Site site, String identity) {
    EvseTemplate evses =
        new EvseTemplate(
            Objects.requireNonNullElse(in.connectorType(), "IEC_62196_T2"),
            Objects.requireNonNullElse(in.evses(), 1),
            Objects.requireNonNullElse(in.maxPowerW(), 0));
    return new NewStation(
        operator,
        site.id(),
        identity,
        Objects.requireNonNullElse(in.name(), identity),
        in.password() == null ? 0 : 1,
        evses.evses());
  }

  private Answer forget(ApiCall call) {
    checkSees(call);
    if (!desk.onboarding().unknown().forget(call.pathParam("id"))) {
      throw Problem.notFound("nobody of that identity has knocked").exception();
    }
    audit.append(
        AuditEntry.of(
            call.caller().operatorId(),
            call.caller().actor(),
            "onboarding.forget",
            "station:" + call.pathParam("id")));
    return Answer.empty(204);
  }

  private Answer importAll(ApiCall call) {
    long operator = call.owner(null);
    Site site = sites.resolve(operator, (Ref) null);
    Onboarding.Imported imported =
        desk.onboarding()
            .importAll(operator, call.http().body(), Optional.of(site), call.caller().actor());
    if (imported.errors().isEmpty()) {
      audit.append(
          AuditEntry.of(operator, call.caller().actor(), "station.import", "operator:" + operator)
              .with("stations", imported.made().size()));
    }
    return Answer.json(
        imported.errors().isEmpty() ? 201 : 400,
        new ImportOut(imported.made().size(), imported.errors()));
  }

  private Answer rule(long operator) {
    return Answer.json(
        200, new ProvisioningOut(DeviceApi.word(desk.admission().provisioning().rule(operator))));
  }

  private Answer setRule(ApiCall call) {
    ProvisioningIn in = call.body(ProvisioningIn.class);
    long operator = call.owner(in.operator());
    Registration rule = DeviceApi.decision("new_stations", in.newStations());
    desk.admission().provisioning().setRule(operator, rule);
    audit.append(
        AuditEntry.of(operator, call.caller().actor(), "provisioning.rule", "operator:" + operator)
            .with("new_stations", DeviceApi.word(rule)));
    return rule(operator);
  }
}
