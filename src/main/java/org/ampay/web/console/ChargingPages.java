package org.ampay.web.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.power.Schedule;
import org.ampay.power.SmartCharging;
import org.ampay.station.Inventory;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.web.command.Commands;
import org.ampay.web.command.ProfileDesk;
import org.ampay.web.command.ProfileDraft;
import org.ampay.web.http.Answer;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationRow;

/** A station's charging profiles: what it has, what it makes of them, and setting new ones. */
final class ChargingPages {

  private static final int MOST = 20;
  private static final int HISTORY = 30;
  private static final BigDecimal MOST_MINUTES = BigDecimal.valueOf(525_600);

  private final Pages pages;
  private final Inventory inventory;
  private final StationReadStore stations;
  private final Commands commands;
  private final ProfileDesk desk;

  ChargingPages(
      Pages pages,
      Inventory inventory,
      StationReadStore stations,
      Commands commands,
      ProfileDesk desk) {
    this.pages = pages;
    this.inventory = inventory;
    this.stations = stations;
    this.commands = commands;
    this.desk = desk;
  }

  List<ConsoleRoute> routes() {
    String base = "/stations/{id}/charging";
    return List.of(
        ConsoleRoute.get(base, Permission.STATIONS_READ, this::page),
        ConsoleRoute.get(base + "/known", Permission.STATIONS_READ, this::known),
        ConsoleRoute.post(base + "/set", Permission.STATIONS_COMMAND, this::set),
        ConsoleRoute.post(base + "/clear", Permission.STATIONS_COMMAND, this::clear),
        ConsoleRoute.post(base + "/composite", Permission.STATIONS_COMMAND, this::composite),
        ConsoleRoute.post(base + "/query", Permission.STATIONS_COMMAND, this::query));
  }

  private StationRow row(PageCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private StationInfo station(PageCall call) {
    return inventory.byId(row(call).id()).orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer page(PageCall call) {
    return pages.page(200, "station-charging", call.ui(), model(call));
  }

  private Answer known(PageCall call) {
    return pages.page(200, "part/charging-known", call.ui(), model(call));
  }

  private Map<String, Object> model(PageCall call) {
    StationRow row = row(call);
    SmartCharging.Overview known = desk.known().overview(row.id(), MOST);
    Map<String, Object> model = new HashMap<>();
    model.put("station", row);
    model.put("evses", inventory.byId(row.id()).map(StationInfo::evses).orElse(List.of()));
    model.put("protocol", CommandPages.protocol(commands, row).version());
    model.put("connected", commands.connected(row.id()));
    model.put("known", known);
    model.put("steps", ChargingView.steps(known.composites()));
    model.put("history", desk.known().history(row.id(), Long.MAX_VALUE, HISTORY));
    return model;
  }

  private Answer set(PageCall call) {
    StationInfo station = station(call);
    call.http().withoutTimeout();
    try {
      ProfileDraft draft = draft(call);
      return told(call, "SetChargingProfile", desk.set(station, draft, actor(call)));
    } catch (ProblemException wrong) {
      String detail = wrong.problem().detail();
      String text = detail == null ? wrong.problem().title() : detail;
      return pages.page(200, "part/note", call.ui(), Map.of("good", false, "text", text));
    }
  }

  private static ProfileDraft draft(PageCall call) {
    boolean daily = call.form("kind").equals("Daily");
    Instant now = call.ui().place().now();
    BigDecimal minutes = call.formDecimal("minutes").orElse(BigDecimal.ZERO);
    if (minutes.compareTo(MOST_MINUTES) > 0) {
      throw Problem.badField("minutes", "must be at most " + MOST_MINUTES).exception();
    }
    int seconds = minutes.multiply(BigDecimal.valueOf(60)).intValue();
    BigDecimal limit =
        call.formDecimal("limit")
            .orElseThrow(() -> Problem.badField("limit", "is missing").exception());
    int phases = (int) call.formLong("phases", 0);
    return new ProfileDraft(
        (int) Math.min(call.formLong("evse", 0), Integer.MAX_VALUE),
        null,
        call.form("purpose"),
        (int) Math.min(call.formLong("level", 0), Integer.MAX_VALUE),
        daily ? "Recurring" : call.form("kind"),
        daily ? "Daily" : null,
        null,
        null,
        call.formOrNull("transaction"),
        call.form("unit"),
        call.form("kind").equals("Relative") ? null : now,
        seconds == 0 ? null : (Integer) seconds,
        List.of(new Schedule.Period(0, limit, phases == 0 ? null : (Integer) phases, null)));
  }

  private static String actor(PageCall call) {
    return call.caller().actor();
  }

  private Answer clear(PageCall call) {
    StationInfo station = station(call);
    int id = (int) Math.min(call.formLong("profile", 0), Integer.MAX_VALUE);
    call.http().withoutTimeout();
    return told(call, "ClearChargingProfile", desk.clear(station, id, actor(call)));
  }

  private Answer composite(PageCall call) {
    StationRow row = row(call);
    long evse = Math.min(call.formLong("evse", 0), Integer.MAX_VALUE);
    long seconds = Math.clamp(call.formLong("hours", 24), 1, 168) * 3_600;
    Map<String, Long> payload =
        switch (CommandPages.protocol(commands, row)) {
          case OCPP_16 -> Map.of("connectorId", evse, "duration", seconds);
          case OCPP_201 -> Map.of("evseId", evse, "duration", seconds);
        };
    call.http().withoutTimeout();
    return told(
        call,
        "GetCompositeSchedule",
        commands.tell(
            station(call), "GetCompositeSchedule", JsonCodec.write(payload), actor(call)));
  }

  /** Asks for every profile that we or others have set; of 2.0.1 only. */
  private Answer query(PageCall call) {
    if (CommandPages.protocol(commands, row(call)) != Protocol.OCPP_201) {
      throw Problem.badField("protocol", "only 2.0.1 stations can be asked").exception();
    }
    long request = call.ui().place().now().getEpochSecond() % 1_000_000_000;
    Map<String, Object> payload =
        Map.of(
            "requestId",
            request,
            "chargingProfile",
            Map.of("chargingLimitSource", List.of("CSO", "EMS", "SO", "Other")));
    call.http().withoutTimeout();
    return told(
        call,
        "GetChargingProfiles",
        commands.tell(station(call), "GetChargingProfiles", JsonCodec.write(payload), actor(call)));
  }

  private Answer told(PageCall call, String action, Commands.Told told) {
    return pages.page(
        200,
        "part/outcome",
        call.ui(),
        Map.of("action", action, "outcome", StationActions.Shown.of(told.outcome())));
  }
}
