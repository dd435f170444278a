package org.ampay.web.api;

import java.util.ArrayList;
import java.util.List;
import org.ampay.audit.AuditLog;
import org.ampay.base.TimeSource;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.promotion.Promotions;
import org.ampay.billing.share.Contracts;
import org.ampay.ledger.Books;
import org.ampay.payment.DisputeBook;
import org.ampay.payment.fee.FeeBook;
import org.ampay.station.Inventory;
import org.ampay.station.device.DeviceDesk;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.ampay.web.WebRooms;
import org.ampay.web.command.Commands;
import org.ampay.web.command.ProfileDesk;
import org.ampay.web.command.ReviewDesk;
import org.ampay.web.command.StationKeys;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.BillReadStore;
import org.ampay.web.read.MessageReadStore;
import org.ampay.web.read.PromotionReadStore;
import org.ampay.web.read.ReservationReadStore;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.TransactionReadStore;
import org.ampay.web.report.Desks;
import org.ampay.web.simulation.SimulationDesk;

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
    DeviceDesk devices = rooms.field().devices();
    routes.addAll(
        new DeviceApi(
                devices, stations, inventory, audit, rooms.ground().ids(), rooms.ground().time())
            .routes());
    routes.addAll(new OnboardingApi(devices, sites, stations, inventory, audit).routes());
    routes.addAll(
        new StationSecurityApi(inventory, stations, rooms.security(), keys, audit).routes());
    routes.addAll(new CommandsApi(inventory, stations, commands).routes());
    routes.addAll(new ChargingApi(inventory, stations, ProfileDesk.of(rooms, commands)).routes());
    routes.addAll(new MessagesApi(stations, new MessageReadStore(database)).routes());
    routes.addAll(new TokensApi(rooms.field().tokens(), access, audit).routes());
    routes.addAll(
        new DriversApi(
                rooms.field().tokens(),
                access,
                bills,
                inventory,
                rooms.finance().wallets(),
                rooms.finance().withdrawals(),
                audit)
            .routes());
    routes.addAll(reviews(rooms).routes());
    routes.addAll(
        new SessionsApi(
                new SessionReadStore(database),
                bills,
                new PromotionReadStore(database),
                rooms.charging())
            .routes());
    routes.addAll(
        new LimitsApi(new SessionReadStore(database), rooms.charging().limits()).routes());
    routes.addAll(tariffs(rooms, sites));
    routes.addAll(new SimulationsApi(SimulationDesk.of(rooms)).routes());
    routes.addAll(new SettlementsApi(bills, rooms.finance().refunds(), audit).routes());
    routes.addAll(new OrdersApi(rooms.paying().orders(), inventory, audit).routes());
    routes.addAll(
        new ManualApi(
                rooms.finance().manual().queue(),
                rooms.finance().manual().debts(),
                bills,
                inventory,
                audit)
            .routes());
    routes.addAll(books(rooms));
    routes.addAll(reported(rooms, commands));
    routes.addAll(
        new CertificatesApi(
                rooms.field().certificates(), inventory, rooms.ground().threads().workers())
            .routes());
    routes.addAll(access(rooms, sites));
    routes.addAll(promotions(rooms));
    routes.addAll(new AccountsApi(rooms).routes());
    routes.addAll(ocpi(rooms));
    routes.addAll(new PaymentMethodsApi(rooms, access).routes());
    return routes;
  }

  /** Partners by OCPI. */
  private static List<ApiRoute> ocpi(WebRooms rooms) {
    List<ApiRoute> routes = new ArrayList<>(new OcpiPartiesApi(rooms).routes());
    routes.addAll(new OcpiSyncApi(rooms).routes());
    routes.addAll(new OcpiByHandApi(rooms).routes());
    return routes;
  }

  private static List<ApiRoute> books(WebRooms rooms) {
    Transactor transactor = rooms.ground().database().transactor();
    Books books = new Books(transactor, rooms.finance().ledger());
    TimeSource time = rooms.ground().time();
    FeeBook fees = new FeeBook(transactor, rooms.ground().ids(), time);
    List<ApiRoute> routes =
        new ArrayList<>(new LedgerApi(transactor, rooms.finance().ledger(), books).routes());
    routes.addAll(new StatementsApi(books, time).routes());
    routes.addAll(new DisputesApi(new DisputeBook(transactor)).routes());
    routes.addAll(
        new PlatformFeesApi(fees, rooms.field().inventory(), rooms.ground().audit()).routes());
    routes.addAll(
        new RevenueApi(
                new Contracts(transactor, rooms.ground().ids(), time, fees::of),
                new BillReadStore(rooms.ground().database()),
                rooms.field().inventory(),
                rooms.ground().audit())
            .routes());
    routes.addAll(
        new RoamingMoneyApi(
                rooms.paying().roaming(), rooms.field().inventory(), rooms.ground().audit(), time)
            .routes());
    return routes;
  }

  private static List<ApiRoute> tariffs(WebRooms rooms, SitesApi sites) {
    TariffCatalog catalog = rooms.finance().tariffs();
    Inventory inventory = rooms.field().inventory();
    AuditLog audit = rooms.ground().audit();
    List<ApiRoute> routes = new ArrayList<>(new TariffsApi(catalog, audit).routes());
    routes.addAll(new TariffPlacesApi(catalog, inventory, sites, audit).routes());
    routes.addAll(new TariffApprovalsApi(catalog, audit).routes());
    routes.addAll(new CalendarsApi(catalog, audit).routes());
    routes.addAll(
        new TariffReachApi(catalog, inventory, rooms.field().tokens(), rooms.ground().time())
            .routes());
    return routes;
  }

  private static List<ApiRoute> promotions(WebRooms rooms) {
    Database database = rooms.ground().database();
    Promotions promotions = rooms.finance().promotions();
    PromotionCalls calls =
        new PromotionCalls(
            rooms.field().inventory(),
            new AccessReadStore(database),
            new PromotionReadStore(database));
    List<ApiRoute> routes = new ArrayList<>(new TiersApi(promotions.tiers(), calls).routes());
    routes.addAll(new MembershipsApi(promotions.tiers(), calls).routes());
    routes.addAll(new CouponsApi(promotions.coupons(), calls).routes());
    routes.addAll(new DriverCouponsApi(promotions.coupons(), calls).routes());
    routes.addAll(new CampaignsApi(promotions.campaigns(), calls).routes());
    routes.addAll(new PointsApi(promotions.points(), calls).routes());
    return routes;
  }

  /** What stations report beside charging. */
  private static List<ApiRoute> reported(WebRooms rooms, Commands commands) {
    AuditLog audit = rooms.ground().audit();
    Desks desks = Desks.of(rooms, commands);
    StationFinder stations =
        new StationFinder(rooms.field().inventory(), desks.reading().operations());
    List<ApiRoute> routes = new ArrayList<>(new FirmwareApi(desks, stations, audit).routes());
    routes.addAll(new LogsApi(desks, stations, audit).routes());
    routes.addAll(new DisplaysApi(desks, stations, audit).routes());
    routes.addAll(new TransfersApi(desks.reading().transfers(), stations, audit).routes());
    return routes;
  }

  private static List<ApiRoute> access(WebRooms rooms, SitesApi sites) {
    WebRooms.Field field = rooms.field();
    Database database = rooms.ground().database();
    AuditLog audit = rooms.ground().audit();
    StationReadStore stations = new StationReadStore(database);
    List<ApiRoute> routes = new ArrayList<>(new TokenGroupsApi(field.tokens(), audit).routes());
    routes.addAll(
        new LocalListsApi(field.places().lists(), stations, field.inventory(), sites, audit)
            .routes());
    routes.addAll(
        new ReservationsApi(
                field.places().reservations(),
                new ReservationReadStore(database),
                stations,
                field.inventory(),
                audit)
            .routes());
    return routes;
  }

  private static ReviewsApi reviews(WebRooms rooms) {
    Database database = rooms.ground().database();
    Inventory inventory = rooms.field().inventory();
    TransactionReadStore transactions = new TransactionReadStore(database);
    return new ReviewsApi(
        new SessionReadStore(database),
        transactions,
        new ReviewDesk(
            rooms.charging().reviews(),
            inventory,
            transactions,
            rooms.ground().audit(),
            rooms.ground().time()),
        rooms.charging().costs(),
        inventory,
        rooms.ground().audit());
  }
}
