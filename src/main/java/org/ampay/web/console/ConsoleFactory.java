package org.ampay.web.console;

import java.util.ArrayList;
import java.util.List;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffReach;
import org.ampay.billing.promotion.Promotions;
import org.ampay.station.Inventory;
import org.ampay.station.device.DeviceDesk;
import org.ampay.store.Database;
import org.ampay.web.WebRooms;
import org.ampay.web.command.Commands;
import org.ampay.web.command.ProfileDesk;
import org.ampay.web.command.ReviewDesk;
import org.ampay.web.command.StationKeys;
import org.ampay.web.http.Assets;
import org.ampay.web.http.PublicUrl;
import org.ampay.web.people.SignIn;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.BillReadStore;
import org.ampay.web.read.DashboardStore;
import org.ampay.web.read.MessageReadStore;
import org.ampay.web.read.OrderReadStore;
import org.ampay.web.read.PromotionReadStore;
import org.ampay.web.read.ReservationReadStore;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.TransactionReadStore;
import org.ampay.web.report.Desks;
import org.ampay.web.simulation.SimulationDesk;

/** Puts the console together. */
public final class ConsoleFactory {

  private ConsoleFactory() {}

  /**
   * @param url how people reach the console
   */
  public static Console create(
      WebRooms rooms, Commands commands, StationKeys keys, Assets assets, PublicUrl url) {
    WebRooms.Ground ground = rooms.ground();
    SignIn signIn =
        new SignIn(
            ground.database(), rooms.people(), ground.audit(), ground.time(), ground.random());
    Pages pages = new Pages();
    Context context = new Context(signIn, rooms.field().inventory(), ground.time(), assets);
    return new Console(
        context,
        pages,
        routes(rooms, pages, commands, keys, url),
        new SignInPages(context, signIn, pages, ground.random(), url.secure()),
        new LiveFeed(
            context, rooms.field().live(), ground.threads().workers(), ground.threads().timer()),
        new MessageFeed(
            context,
            pages,
            new MessageReadStore(ground.database()),
            ground.threads().workers(),
            ground.threads().timer()));
  }

  private static List<ConsoleRoute> routes(
      WebRooms rooms, Pages pages, Commands commands, StationKeys keys, PublicUrl url) {
    Database database = rooms.ground().database();
    AuditLog audit = rooms.ground().audit();
    Inventory inventory = rooms.field().inventory();
    StationReadStore stations = new StationReadStore(database);
    SessionReadStore sessions = new SessionReadStore(database);
    BillReadStore bills = new BillReadStore(database);
    AccessReadStore access = new AccessReadStore(database);
    List<ConsoleRoute> routes = new ArrayList<>();
    routes.addAll(
        new DashboardPages(
                pages,
                new DashboardStore(database),
                sessions,
                commands,
                rooms.field().certificates().settings().renewBefore())
            .routes());
    routes.addAll(
        new StationPages(pages, inventory, stations, sessions, commands, keys, audit).routes());
    routes.addAll(new SecurityPages(pages, rooms, stations, commands, keys).routes());
    routes.addAll(new StationActions(pages, inventory, stations, commands).routes());
    DeviceDesk devices = rooms.field().devices();
    routes.addAll(
        new DevicePages(pages, devices, stations, inventory, audit, rooms.ground().ids()).routes());
    routes.addAll(new OnboardingPages(pages, devices, inventory, keys, audit).routes());
    routes.addAll(new CommandPages(pages, inventory, stations, commands).routes());
    routes.addAll(new CommandFormPages(pages, inventory, stations, commands).routes());
    routes.addAll(new MessagePages(pages, stations, new MessageReadStore(database)).routes());
    TransactionReadStore transactions = new TransactionReadStore(database);
    SessionPages sessionPages =
        new SessionPages(
            pages,
            new SessionPages.Stores(sessions, bills, rooms.finance().ledger(), transactions),
            database.transactor(),
            rooms.charging());
    routes.addAll(sessionPages.routes());
    routes.addAll(
        new ReviewPages(sessions, transactions, desk(rooms, transactions), sessionPages).routes());
    routes.addAll(prices(rooms, pages));
    routes.addAll(promotions(rooms, pages, access));
    routes.addAll(
        new DriverPages(
                pages,
                rooms.field().tokens(),
                new DriverPages.Stores(access, sessions, bills),
                rooms.finance().wallets(),
                new DriverPromotions(rooms.finance().promotions()),
                audit)
            .routes());
    routes.addAll(new TokenPages(pages, rooms.field().tokens(), access, audit).routes());
    routes.addAll(
        new StationAccessPages(
                pages,
                new StationAccessPages.Sources(
                    inventory, stations, new ReservationReadStore(database)),
                rooms.field().places().lists(),
                rooms.field().places().reservations(),
                audit)
            .routes());
    routes.addAll(
        new CertificatePages(
                pages, rooms.field().certificates(), inventory, rooms.ground().threads().workers())
            .routes());
    routes.addAll(tried(rooms, pages));
    routes.addAll(reported(rooms, pages, commands));
    routes.addAll(paying(rooms, pages, access));
    routes.addAll(new QrPages(pages, stations, url).routes());
    return routes;
  }

  /** How drivers pay. */
  private static List<ConsoleRoute> paying(WebRooms rooms, Pages pages, AccessReadStore access) {
    OrderReadStore orders = new OrderReadStore(rooms.ground().database());
    List<ConsoleRoute> routes =
        new ArrayList<>(
            new OrderPages(pages, orders, rooms.paying().orders(), rooms.ground().audit())
                .routes());
    routes.addAll(new AccountPages(pages, rooms).routes());
    routes.addAll(new MethodPages(pages, rooms.paying(), access).routes());
    routes.addAll(
        new RoamingPages(pages, rooms.paying().roaming(), rooms.ground().audit()).routes());
    routes.addAll(new PartnerPages(pages, rooms).routes());
    routes.addAll(new HeldPages(pages, rooms).routes());
    routes.addAll(new TerminalPages(pages, rooms).routes());
    return routes;
  }

  /** Tariffs before they are published. */
  private static List<ConsoleRoute> tried(WebRooms rooms, Pages pages) {
    Inventory inventory = rooms.field().inventory();
    SimulationDesk desk = SimulationDesk.of(rooms);
    List<ConsoleRoute> routes =
        new ArrayList<>(new SimulationPages(pages, desk, inventory).routes());
    routes.addAll(new TrialPages(pages, desk.tariffs(), inventory).routes());
    return routes;
  }

  /** Tariffs, calendars, and who approves them. */
  private static List<ConsoleRoute> prices(WebRooms rooms, Pages pages) {
    AuditLog audit = rooms.ground().audit();
    Inventory inventory = rooms.field().inventory();
    TariffCatalog catalog = rooms.finance().tariffs();
    TariffPlaces places = new TariffPlaces(catalog, inventory, rooms.field().tokens(), audit);
    List<ConsoleRoute> routes = new ArrayList<>();
    routes.addAll(new TariffPages(pages, catalog).routes());
    routes.addAll(new TariffEditPages(pages, catalog, audit).routes());
    routes.addAll(
        new TariffDetailPages(
                pages,
                catalog,
                places,
                new TariffReach(catalog, inventory, rooms.ground().time()),
                audit)
            .routes());
    routes.addAll(
        new TariffAppliesPages(pages, catalog, places, inventory, rooms.field().tokens()).routes());
    routes.addAll(new ApprovalPages(pages, catalog, places, audit).routes());
    routes.addAll(new CalendarPages(pages, catalog, audit).routes());
    return routes;
  }

  /** Tiers, coupons, campaigns and points. */
  private static List<ConsoleRoute> promotions(
      WebRooms rooms, Pages pages, AccessReadStore access) {
    Promotions promotions = rooms.finance().promotions();
    PromotionReadStore uses = new PromotionReadStore(rooms.ground().database());
    List<ConsoleRoute> routes = new ArrayList<>();
    routes.addAll(new PromotionPages(pages, promotions).routes());
    routes.addAll(new CouponPages(pages, promotions.coupons(), uses, access).routes());
    routes.addAll(new TierPages(pages, promotions.tiers()).routes());
    routes.addAll(new CampaignPages(pages, promotions, uses).routes());
    return routes;
  }

  /** What stations report beside charging. */
  private static List<ConsoleRoute> reported(WebRooms rooms, Pages pages, Commands commands) {
    AuditLog audit = rooms.ground().audit();
    Inventory inventory = rooms.field().inventory();
    Desks desks = Desks.of(rooms, commands);
    List<ConsoleRoute> routes = new ArrayList<>();
    routes.addAll(
        new ChargingPages(
                pages,
                inventory,
                new StationReadStore(rooms.ground().database()),
                commands,
                ProfileDesk.of(rooms, commands))
            .routes());
    routes.addAll(new ReportPages(pages, inventory, desks, audit).routes());
    routes.addAll(new FirmwarePages(pages, inventory, desks, audit).routes());
    routes.addAll(new SecurityEventPages(pages, inventory, desks).routes());
    routes.addAll(new DisplayPages(pages, inventory, desks, audit).routes());
    routes.addAll(new TransferPages(pages, inventory, desks.reading().transfers(), audit).routes());
    return routes;
  }

  private static ReviewDesk desk(WebRooms rooms, TransactionReadStore transactions) {
    return new ReviewDesk(
        rooms.charging().reviews(),
        rooms.field().inventory(),
        transactions,
        rooms.ground().audit(),
        rooms.ground().time());
  }
}
