package org.ampay.app;

import java.time.Duration;
import java.util.List;
import org.ampay.access.reservation.Reservations;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.command.Commands;
import org.ampay.ocpi.command.CommandsModule;
import org.ampay.ocpi.command.PartnerReservations;
import org.ampay.ocpi.command.ResultPost;
import org.ampay.ocpi.command.SessionFinder;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.hub.ClientInfoStore;
import org.ampay.ocpi.hub.HubModule;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.profile.ProfilesModule;
import org.ampay.ocpi.profile.SessionProfiles;
import org.ampay.ocpi.token.RoamingTokens;
import org.ampay.ocpp.RemoteControl;
import org.ampay.ocpp.RemoteStarts;
import org.ampay.ocpp.RemoteStops;
import org.ampay.ocpp.Unlocks;
import org.ampay.station.CommandPort;

/** What partners may command, wired. */
final class PartnerCommandRooms {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final CommandsModule commands;
  private final HubModule hub;
  private final ProfilesModule profiles;
  private final ResultPost results;

  /** The ways to stations. */
  record Ways(CommandPort port, Reservations reservations) {}

  /** The way to partners. */
  record Calls(Partners partners, PartnerClient client) {}

  PartnerCommandRooms(
      Foundation on,
      CoreRooms core,
      Ways ways,
      PlaceBook places,
      RoamingTokens tokens,
      Calls calls) {
    RemoteControl control = new RemoteControl(ways.port(), on.ids(), RemoteStops.ORDERS);
    Commands all =
        new Commands(
            on.database().transactor(),
            places,
            core.inventory,
            tokens,
            new Commands.Ways(
                new RemoteStarts(control),
                new RemoteStops(control),
                new Unlocks(ways.port()),
                ways.port()));
    results =
        new ResultPost(
            calls.client(),
            calls.partners(),
            on.database().transactor(),
            on.ids(),
            on.time(),
            on.background());
    commands =
        new CommandsModule(
            all,
            new PartnerReservations(
                on.database().transactor(), ways.reservations(), core.inventory, all),
            results);
    profiles =
        new ProfilesModule(
            new SessionProfiles(
                on.database().transactor(),
                new SessionFinder(on.database().transactor(), tokens, core.inventory),
                ways.port(),
                core.power.charging,
                core.power.orders,
                on.time()),
            results);
    hub = new HubModule(new ClientInfoStore(on.database().transactor()));
  }

  void start(Threads threads) {
    threads.repeat("results for partners", LOOK, results::tick);
  }

  List<OcpiModule> modules() {
    return List.of(commands, profiles, hub);
  }
}
