package org.ampay.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.access.Driver;
import org.ampay.access.Token;
import org.ampay.base.Money;
import org.ampay.billing.catalog.NewAssignment;
import org.ampay.billing.catalog.TariffLevel;
import org.ampay.payment.Wallets;
import org.ampay.payment.account.AccountDraft;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.NewStation;
import org.ampay.station.NewStation.NewConnector;
import org.ampay.station.NewStation.NewEvse;
import org.ampay.station.Protocol;
import org.ampay.station.Sender;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.store.tables.Tables;
import org.ampay.tariff.TariffJson;
import org.ampay.web.people.Role;

/** Something of everything for the pages, much of it odd. */
final class ConsoleWorld {

  static final String EMAIL = "lin.operator@example.com";
  static final String PASSWORD = "correct horse battery";

  /** Text of a hostile station: markup, and a mark that turns the writing direction. */
  static final String ODD = "<img src=x onerror=alert(1)>\u202Egnirts";

  private static final String TARIFF =
      """
      {"currency":"CNY","elements":[
       {"price_components":[{"type":"ENERGY","price":0.55,"vat":6,"step_size":1}],
        "restrictions":{"start_time":"23:00","end_time":"07:00"}},
       {"price_components":[{"type":"ENERGY","price":1.45,"vat":6,"step_size":1}],
        "restrictions":{"start_time":"18:00","end_time":"21:30"}},
       {"price_components":[{"type":"ENERGY","price":0.98,"vat":6,"step_size":1},
        {"type":"FLAT","price":0.5,"vat":6,"step_size":1},
        {"type":"PARKING_TIME","price":6,"vat":6,"step_size":1}]}]}
      """;

  final long session;
  final long review;
  final long active;
  final long driver;
  final long account;
  final PartnerRows partners;
  final long tariff;
  final long command;
  final PriceWorld prices;
  final long order;

  private final WebFixture web;
  private final SessionRows rows;

  ConsoleWorld(WebFixture web) {
    this.web = web;
    this.rows = new SessionRows(web);
    this.partners = new PartnerRows(web);
    web.people.createUser(EMAIL, Role.OPERATOR_ADMIN, 1L, PASSWORD, "test");
    this.account =
        web.paying
            .accounts()
            .create(
                1,
                new AccountDraft(
                    "examplebank",
                    null,
                    "银行收款账户",
                    Map.of(
                        "endpoint", "https://bank.example",
                        "merchant", "m-1",
                        "secret", "nobody-must-see-this"),
                    true),
                "test")
            .id();
    Site east = site("hq", "上海虹桥枢纽超级充电站");
    Site longSite =
        site(
            "long",
            "A site with a name that is as long as somebody in a hurry makes it, north gate");
    StationInfo first = station("SH-HQ-0001", "入口左侧", east, Protocol.OCPP_16, "Charging");
    for (int i = 2; i <= 24; i++) {
      String status = i % 7 == 0 ? "Faulted" : i % 5 == 0 ? "Unavailable" : "Available";
      Protocol protocol = i % 2 == 0 ? Protocol.OCPP_201 : Protocol.OCPP_16;
      station(
          "SH-HQ-%04d".formatted(i),
          "Bay " + i,
          i % 3 == 0 ? longSite : east,
          i % 4 == 0 ? null : protocol,
          status);
    }
    StationInfo odd = station("EVIL_" + "x".repeat(40), ODD, longSite, null, "Unknown");
    odd(odd);
    DeviceStory story = new DeviceStory(web);
    story.settings(first);
    story.model(web.inventory.byIdentity("SH-HQ-0002").orElseThrow());
    story.knocks();
    this.driver = driver("张伟");
    driver("Alexandria Featherstonehaugh-Montgomery of the Greater Northern Taxi Cooperative");
    this.tariff = tariff();
    this.prices = new PriceWorld(web);
    this.command = commands(first);
    for (int i = 0; i < 12; i++) {
      rows.session(first, "finished", i % 4 == 1 ? "debt" : "settled", 60 + i * 95);
    }
    this.session = rows.session(first, "finished", "settled", 50);
    this.review = rows.session(odd, "review", "none", 45);
    this.active = rows.session(first, "active", "none", 25);
    rows.session(odd, "orphan", "none", 40);
    this.order = orders(first, odd);
    new CertificateRows(web).add(first, odd);
    rows.unknownToken(first, "04A1B2C3D4E5F6");
    rows.unknownToken(odd, ODD.substring(0, 35));
    rows.quarantine(odd, "[2,\"1\",\"StopTransaction\",{\"reason\":\"" + ODD + "\"}]");
  }

  private Site site(String code, String name) {
    return web.inventory.createSite(
        new Site(
            0,
            1,
            code,
            name,
            new Site.Address("申虹路1500号", "上海", "201100", "CHN", null, null),
            java.time.ZoneId.of("Asia/Shanghai"),
            true));
  }

  private StationInfo station(
      String id, String name, Site site, Protocol connected, String status) {
    StationInfo station =
        web.inventory.createStation(
            new NewStation(
                1,
                site.id(),
                id,
                name,
                0,
                List.of(
                    new NewEvse(1, true, 1, 120_000, List.of(new NewConnector(1, "GBT_DC"))),
                    new NewEvse(2, true, 1, 120_000, List.of(new NewConnector(1, "GBT_DC"))))),
            Optional.empty());
    if (connected != null) {
      web.stations.connect(station.id(), connected);
    }
    web.database
        .dsl()
        .update(Tables.CONNECTOR)
        .set(Tables.CONNECTOR.STATUS, status)
        .set(Tables.CONNECTOR.STATUS_AT, web.time.now().minusSeconds(300))
        .where(Tables.CONNECTOR.STATION_ID.eq(station.id()))
        .and(Tables.CONNECTOR.EVSE_NO.eq(1))
        .execute();
    web.database
        .dsl()
        .update(Tables.STATION)
        .set(Tables.STATION.VENDOR, "Star Charge")
        .set(Tables.STATION.MODEL, "Titan 240")
        .set(Tables.STATION.PROTOCOL, connected == null ? "1.6" : connected.version())
        .set(Tables.STATION.LAST_SEEN_AT, web.time.now().minusSeconds(7_300))
        .where(Tables.STATION.ID.eq(station.id()))
        .execute();
    return station;
  }

  private void odd(StationInfo station) {
    web.database
        .dsl()
        .update(Tables.STATION)
        .set(Tables.STATION.VENDOR, ODD)
        .set(Tables.STATION.FIRMWARE_VERSION, "\"><script>alert(2)</script>")
        .where(Tables.STATION.ID.eq(station.id()))
        .execute();
    web.database
        .dsl()
        .update(Tables.CONNECTOR)
        .set(Tables.CONNECTOR.ERROR_CODE, "GroundFailure")
        .set(Tables.CONNECTOR.ERROR_INFO, ODD + " " + "w".repeat(200))
        .where(Tables.CONNECTOR.STATION_ID.eq(station.id()))
        .execute();
    for (int i = 0; i < 5; i++) {
      web.database
          .dsl()
          .insertInto(Tables.MESSAGE_LOG)
          .set(Tables.MESSAGE_LOG.ID, web.ids.next())
          .set(Tables.MESSAGE_LOG.LOGGED_AT, web.time.now())
          .set(Tables.MESSAGE_LOG.STATION_ID, station.id())
          .set(Tables.MESSAGE_LOG.DIRECTION, i % 2 == 0 ? "in" : "out")
          .set(Tables.MESSAGE_LOG.ACTION, "StatusNotification")
          .set(
              Tables.MESSAGE_LOG.FRAME,
              ("[2,\"" + i + "\",\"StatusNotification\",{\"info\":\"" + ODD + "\"}]")
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8))
          .execute();
    }
  }

  /** Commands in every state that a page may show; the id of an answered one. */
  private long commands(StationInfo station) {
    StationInfo offline = web.inventory.byIdentity("SH-HQ-0004").orElseThrow();
    CommandOrder queued = CommandOrder.of(Sender.of("key:abc"), "Reset", "{\"type\":\"Hard\"}");
    web.desk.queue().add(offline, queued, "1.6", 3_000);
    send(station, "Reset", new CommandOutcome.TimedOut());
    send(station, "UnlockConnector", new CommandOutcome.Error("NotSupported", ODD));
    send(station, "Reset", new CommandOutcome.Invalid("{\"state\":1}", "status: is missing"));
    long id =
        send(
            station,
            "GetConfiguration",
            new CommandOutcome.Answered(
                "{\"configurationKey\":[{\"key\":\"HeartbeatInterval\",\"readonly\":false,"
                    + "\"value\":\"300\"},{\"key\":\""
                    + ODD
                    + "\",\"readonly\":\"no\"}]}"));
    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
    return id;
  }

  private long send(StationInfo station, String action, CommandOutcome outcome) {
    web.stations.answer(outcome);
    long id =
        web.stations
            .send(station, CommandOrder.of(Sender.of("user:" + EMAIL), action, "{}"))
            .recordId();
    web.desk.history().written(id).toCompletableFuture().join();
    return id;
  }

  private long driver(String name) {
    Driver driver =
        web.tokens.create(
            new Driver(
                0,
                1,
                name,
                "a.very.long.address.of.somebody@example-company.com",
                null,
                null,
                null));
    web.wallets.topUp(
        new Wallets.TopUp(
            new Wallets.Owner(1, driver.id(), "CNY"),
            Money.of("CNY", new BigDecimal("1234.50"), RoundingMode.UNNECESSARY),
            name));
    web.tokens.create(
        new Token(
            0,
            1,
            "TAG" + driver.id(),
            "ISO14443",
            null,
            driver.id(),
            null,
            null,
            false,
            1,
            List.of()));
    return driver.id();
  }

  private long tariff() {
    long id =
        web.tariffs
            .create(1, "虹桥分时电价 2026", TariffJson.read(TariffJson.readTree(TARIFF)), "test")
            .id();
    web.tariffs.assign(1, id, new NewAssignment(TariffLevel.OPERATOR, 1, 0, null), "test");
    return id;
  }

  /** What drivers paid at codes; the id of one that charges. */
  private long orders(StationInfo first, StationInfo odd) {
    OrderRows orders = new OrderRows(web);
    for (State state : State.values()) {
      orders.order(OrderRows.Draft.of(odd, state, null, 5_000));
    }
    for (EndReason end : EndReason.values()) {
      orders.order(OrderRows.Draft.of(first, State.CLOSED, end, 5_000).cost(2_357, 2_643));
    }
    String charging =
        orders.order(OrderRows.Draft.of(first, State.CHARGING, null, 5_000).session(active));
    return web.database
        .dsl()
        .select(Tables.PAYMENT_ORDER.ID)
        .from(Tables.PAYMENT_ORDER)
        .where(Tables.PAYMENT_ORDER.CODE.eq(charging))
        .fetchSingle(Tables.PAYMENT_ORDER.ID);
  }

  /** Every page, by a short name. */
  java.util.Map<String, String> pages() {
    java.util.Map<String, String> pages = new java.util.LinkedHashMap<>();
    pages.put("dashboard", "/");
    pages.put("stations", "/stations");
    pages.put("station", "/stations/SH-HQ-0001");
    pages.put("station-security", "/stations/SH-HQ-0001/security");
    pages.put("station-odd", "/stations/EVIL_" + "x".repeat(40));
    pages.put("station-access", "/stations/SH-HQ-0001/access");
    pages.put("station-new", "/stations/new");
    pages.put("device", "/stations/SH-HQ-0002/device");
    pages.put("device-16", "/stations/SH-HQ-0001/device");
    pages.put("device-none", "/stations/SH-HQ-0003/device");
    pages.put("device-changes", "/stations/SH-HQ-0002/changes");
    pages.put("device-difference", "/stations/SH-HQ-0002/difference?with=SH-HQ-0001");
    pages.put("device-events", "/stations/SH-HQ-0002/events");
    pages.put("onboarding", "/onboarding?adopt=NEW-STATION-1");
    pages.put("commands", "/stations/SH-HQ-0001/commands");
    pages.put("commands-201", "/stations/SH-HQ-0002/commands");
    pages.put("commands-offline", "/stations/SH-HQ-0004/commands");
    pages.put("command-form", "/stations/SH-HQ-0001/commands/new/SetChargingProfile");
    pages.put("command-form-201", "/stations/SH-HQ-0002/commands/new/SetChargingProfile");
    pages.put("command-form-offline", "/stations/SH-HQ-0004/commands/new/Reset");
    pages.put("command-record", "/stations/SH-HQ-0001/commands/" + command);
    pages.put("messages", "/messages");
    pages.put("messages-odd", "/stations/EVIL_" + "x".repeat(40) + "/messages?direction=in");
    pages.put("payment-accounts", "/payment-accounts");
    pages.put("roaming", "/roaming");
    pages.put("partners", "/partners");
    pages.put("partner", "/partners/" + partners.stuck);
    pages.put("partner-away", "/partners/" + partners.away);
    pages.put("partner-invited", "/partners/" + partners.invited);
    pages.put("partner-new", "/partners/new");
    pages.put("partner-log", "/partners/" + partners.stuck + "/log");
    pages.put("payment-account", "/payment-accounts/" + account);
    pages.put("payment-account-new", "/payment-accounts/new?provider=examplebank");
    pages.put("driver-payment", "/drivers/" + driver + "/payment");
    pages.put("sessions", "/sessions");
    pages.put("session", "/sessions/" + session);
    pages.put("session-review", "/sessions/" + review);
    pages.put("session-active", "/sessions/" + active);
    pages.put("station-qr", "/stations/SH-HQ-0002/qr");
    pages.put("orders", "/orders");
    pages.put("order", "/orders/" + order);
    pages.put("tariffs", "/tariffs");
    pages.put("tariff", "/tariffs/" + tariff);
    prices.addPages(pages);
    pages.put("tariff-edit", "/tariffs/" + tariff + "/edit");
    pages.put("drivers", "/drivers");
    pages.put("driver", "/drivers/" + driver);
    pages.put("tokens", "/tokens");
    pages.put("certificates", "/certificates");
    pages.put("station-certificates", "/stations/SH-HQ-0001/certificates");
    pages.put("quarantine", "/quarantine");
    pages.put("nothing-found", "/sessions?token=none");
    pages.put("not-there", "/stations/NOT-THERE");
    return pages;
  }
}
