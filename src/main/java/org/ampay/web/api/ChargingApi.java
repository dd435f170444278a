package org.ampay.web.api;

import java.util.List;
import org.ampay.power.PlacedProfile;
import org.ampay.power.Schedule;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.web.api.ChargingShapes.ChargingOut;
import org.ampay.web.api.ChargingShapes.NewProfile;
import org.ampay.web.api.ChargingShapes.ProfileOut;
import org.ampay.web.command.ProfileDesk;
import org.ampay.web.command.ProfileDraft;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;

/** Charging profiles, limits from outside, composite schedules, what EVs asked for. */
final class ChargingApi {

  private static final int MOST = 50;

  private final Inventory inventory;
  private final StationReadStore stations;
  private final ProfileDesk desk;

  ChargingApi(Inventory inventory, StationReadStore stations, ProfileDesk desk) {
    this.inventory = inventory;
    this.stations = stations;
    this.desk = desk;
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/stations/{id}/smart-charging",
                Permission.STATIONS_READ,
                "What is known of a station's smart charging")
            .describe(
                "Profiles that it has or may have, limits that others have set, what EVs asked"
                    + " for, the last composite schedule of each EVSE, and the last questions for"
                    + " profiles.")
            .answers(200, ChargingOut.class)
            .by(this::overview),
        ApiRoute.get(
                "/stations/{id}/charging-profiles",
                Permission.STATIONS_READ,
                "Charging profiles of a station in any state, newest first")
            .lists(ProfileOut.class)
            .by(this::list),
        ApiRoute.post(
                "/stations/{id}/charging-profiles",
                Permission.STATIONS_COMMAND,
                "Sets a charging profile in the words of no version")
            .describe(
                "Sent as SetChargingProfile of the station's version; answered as any command."
                    + " Everything else of a version is reached by its own command.")
            .takes(NewProfile.class)
            .answers(200, null)
            .by(this::set),
        ApiRoute.delete(
                "/stations/{id}/charging-profiles/{profile}",
                Permission.STATIONS_COMMAND,
                "Takes a charging profile back by its id")
            .answers(200, null)
            .by(this::clear));
  }

  private StationInfo station(ApiCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .flatMap(row -> inventory.byId(row.id()))
        .orElseThrow(() -> Problem.notFound("there is no such station").exception());
  }

  private Answer overview(ApiCall call) {
    return Answer.json(200, ChargingShapes.of(desk.known().overview(station(call).id(), MOST)));
  }

  private Answer list(ApiCall call) {
    List<PlacedProfile> rows =
        desk.known().history(station(call).id(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, ChargingShapes::of, PlacedProfile::id));
  }

  private Answer set(ApiCall call) {
    StationInfo station = station(call);
    NewProfile body = call.body(NewProfile.class);
    Integer level = body.stackLevel();
    ProfileDraft draft =
        new ProfileDraft(
            body.evse(),
            body.id(),
            body.purpose(),
            level == null ? 0 : level,
            body.kind(),
            body.recurrency(),
            body.validFrom(),
            body.validTo(),
            body.transactionId(),
            body.unit(),
            body.start(),
            body.durationSeconds(),
            body.periods().stream()
                .map(p -> new Schedule.Period(p.start(), p.limit(), p.phases(), null))
                .toList());
    call.http().withoutTimeout();
    return CommandsApi.told(desk.set(station, draft, call.caller().actor()));
  }

  private Answer clear(ApiCall call) {
    StationInfo station = station(call);
    long id = call.idParam("profile");
    if (id > Integer.MAX_VALUE) {
      throw Problem.notFound("there is no such profile").exception();
    }
    call.http().withoutTimeout();
    return CommandsApi.told(desk.clear(station, (int) id, call.caller().actor()));
  }
}
