package org.ampay.web.api;

import java.util.ArrayList;
import java.util.List;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.store.Database;
import org.ampay.web.WebRooms;
import org.ampay.web.command.Commands;
import org.ampay.web.command.ProfileDesk;
import org.ampay.web.command.StationKeys;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.BillReadStore;
import org.ampay.web.read.MessageReadStore;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.StationReadStore;

/** Puts the API together. */
public final class ApiFactory {

  private ApiFactory() {}

  public static Api create(
      WebRooms rooms, Commands commands, StationKeys keys, int requestsPerSecond) {
    Database database = rooms.ground().database();
    return new Api(
        routes(rooms, commands, keys),
        rooms.people(),
        database,
        rooms.ground().time(),
        requestsPerSecond);
  }

  private static List<ApiRoute> routes(WebRooms rooms, Commands commands, StationKeys keys) {
    Database database = rooms.ground().database();
    AuditLog audit = rooms.ground().audit();
    Inventory inventory = rooms.field().inventory();
    AccessReadStore access = new AccessReadStore(database);
    BillReadStore bills = new BillReadStore(database);
    SitesApi sites = new SitesApi(inventory, audit);
    List<ApiRoute> routes = new ArrayList<>(sites.routes());
    routes.addAll(
        new StationsApi(inventory, sites, new StationReadStore(database), commands, keys, audit)
            .routes());
    StationReadStore stations = new StationReadStore(database);
    routes.addAll(new CommandsApi(inventory, stations, commands).routes());
    routes.addAll(new ChargingApi(inventory, stations, desk(rooms, commands)).routes());
    routes.addAll(new MessagesApi(stations, new MessageReadStore(database)).routes());
    routes.addAll(new TokensApi(rooms.field().tokens(), access, audit).routes());
    routes.addAll(
        new DriversApi(
                rooms.field().tokens(), access, bills, inventory, rooms.finance().wallets(), audit)
            .routes());
    routes.addAll(new SessionsApi(new SessionReadStore(database), bills).routes());
    routes.addAll(new TariffsApi(rooms.finance().tariffs(), inventory, sites, audit).routes());
    routes.addAll(new SettlementsApi(bills, rooms.finance().refunds(), audit).routes());
    routes.addAll(new LedgerApi(database.transactor(), rooms.finance().ledger()).routes());
    return routes;
  }

  private static ProfileDesk desk(WebRooms rooms, Commands commands) {
    return new ProfileDesk(
        rooms.power().charging(), rooms.power().orders(), commands, rooms.ground().time());
  }
}
