package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.ocpp.edge.SecurityDialect.Destination;
import org.ampay.station.Inventory;
import org.ampay.station.Inventory.StationPatch;
import org.ampay.station.StationSecurity;
import org.ampay.web.WebRooms;
import org.ampay.web.command.Commands;
import org.ampay.web.command.StationKeys;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationRow;

/** The security of a station's connection: profile, password, TLS. */
final class SecurityPages {

  private final Pages pages;
  private final Inventory inventory;
  private final StationReadStore stations;
  private final WebRooms.Security security;
  private final Commands commands;
  private final StationKeys keys;
  private final AuditLog audit;

  SecurityPages(
      Pages pages, WebRooms rooms, StationReadStore stations, Commands commands, StationKeys keys) {
    this.pages = pages;
    this.inventory = rooms.field().inventory();
    this.stations = stations;
    this.security = rooms.security();
    this.commands = commands;
    this.keys = keys;
    this.audit = rooms.ground().audit();
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/stations/{id}/security", Permission.STATIONS_READ, this::show),
        ConsoleRoute.post("/stations/{id}/security", Permission.STATIONS_WRITE, this::raise),
        ConsoleRoute.post("/stations/{id}/security/pin", Permission.STATIONS_WRITE, this::pin));
  }

  private StationRow find(PageCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer show(PageCall call) {
    return show(call, 200, "", false);
  }

  private Answer show(PageCall call, int status, String error, boolean asked) {
    StationRow row = find(call);
    StationSecurity.Status state =
        security.stations().status(row.id()).orElseThrow(() -> Problem.notFound(null).exception());
    Map<String, Object> model = new HashMap<>();
    model.put("station", row);
    model.put("state", state);
    model.put("connected", commands.connected(row.id()));
    model.put("url", security.url().orElse(""));
    model.put("higher", IntStream.rangeClosed(state.profile() + 1, 3).boxed().toList());
    model.put("error", error);
    model.put("asked", asked);
    return pages.page(status, "station-security", call.ui(), model);
  }

  private Answer raise(PageCall call) {
    StationRow row = find(call);
    Destination destination =
        new Destination(
            number(call, "profile"),
            number(call, "slot"),
            call.form("url"),
            call.form("interface"));
    call.http().withoutTimeout();
    try {
      keys.raise(
          inventory.byId(row.id()).orElseThrow(() -> Problem.notFound(null).exception()),
          destination,
          call.caller().actor());
    } catch (ProblemException e) {
      return show(call, 400, String.valueOf(e.getMessage()), false);
    }
    audit.append(
        AuditEntry.of(
                row.operatorId(),
                call.caller().actor(),
                "station.security_profile.ask",
                "station:" + row.identity())
            .with("profile", destination.profile()));
    return show(call, 200, "", true);
  }

  /** For a station that is set up for it by hand: from now on it may come in under no lower one. */
  private Answer pin(PageCall call) {
    StationRow row = find(call);
    int profile = number(call, "profile");
    StationSecurity.Status state =
        security.stations().status(row.id()).orElseThrow(() -> Problem.notFound(null).exception());
    if (profile <= state.profile() || profile > 3) {
      return show(call, 400, call.ui().t("security.pin_higher"), false);
    }
    if (profile < 3 && !state.hasPassword()) {
      return show(call, 400, call.ui().t("security.pin_password"), false);
    }
    AuditEntry entry =
        AuditEntry.of(
                row.operatorId(),
                call.caller().actor(),
                "station.security_profile",
                "station:" + row.identity())
            .with("from", state.profile())
            .with("to", profile);
    inventory.updateStation(
        row.operatorId(),
        row.id(),
        new StationPatch(Optional.empty(), Optional.empty(), Optional.of(profile)),
        tx -> audit.append(tx, entry));
    return show(call);
  }

  private static int number(PageCall call, String name) {
    String text = call.form(name);
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
  }
}
