package org.ampay.web.command;

import java.time.Instant;
import org.ampay.base.TimeSource;
import org.ampay.power.Profile;
import org.ampay.power.ProfileDialect;
import org.ampay.power.ProfileOrders;
import org.ampay.power.SmartCharging;
import org.ampay.station.CommandOutcome;
import org.ampay.station.StationInfo;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Problem;

/** Charging profiles as people and keys set and clear them. */
public final class ProfileDesk {

  private final SmartCharging charging;
  private final ProfileOrders orders;
  private final Commands commands;
  private final TimeSource time;

  public ProfileDesk(
      SmartCharging charging, ProfileOrders orders, Commands commands, TimeSource time) {
    this.charging = charging;
    this.orders = orders;
    this.commands = commands;
    this.time = time;
  }

  /** Over the rooms below. */
  public static ProfileDesk of(WebRooms rooms, Commands commands) {
    return new ProfileDesk(
        rooms.power().charging(), rooms.power().orders(), commands, rooms.ground().time());
  }

  /** What is known of stations. */
  public SmartCharging known() {
    return charging;
  }

  /**
   * Sends a profile and waits for what becomes of it.
   *
   * @throws org.ampay.web.http.ProblemException 400 naming the draft's field, 409 offline
   */
  public Commands.Told set(StationInfo station, ProfileDraft draft, String actor) {
    Instant now = time.now();
    Profile profile = draft.profile(charging.freeProfileId(station.id()), now);
    String payload = dialect(station).set(draft.evseNo(), profile);
    Commands.Told told = commands.tell(station, "SetChargingProfile", payload, actor);
    if (told.outcome() instanceof CommandOutcome.BadPayload(String field, String text)) {
      throw Problem.badField(ProfileDraft.fieldOf(field), text).exception();
    }
    return told;
  }

  /** Takes one back and waits for what becomes of it. */
  public Commands.Told clear(StationInfo station, int profileId, String actor) {
    return commands.tell(station, "ClearChargingProfile", dialect(station).clear(profileId), actor);
  }

  private ProfileDialect dialect(StationInfo station) {
    return orders
        .dialect(station.id())
        .orElseThrow(
            () -> Problem.conflict("not-connected", "the station is not connected").exception());
  }
}
