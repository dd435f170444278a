package org.ampay.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ampay.access.TokenAuthorizer;
import org.ampay.access.Tokens;
import org.ampay.access.list.LocalLists;
import org.ampay.access.reservation.ReservationBook;
import org.ampay.access.reservation.Reservations;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.SecretBox;
import org.ampay.base.TestTime;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.catalog.SqlTariffSnapshotStore;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffStore;
import org.ampay.billing.promotion.Parts;
import org.ampay.billing.promotion.PromotionBook;
import org.ampay.billing.promotion.Promotions;
import org.ampay.billing.simulation.Simulations;
import org.ampay.charging.CostBoard;
import org.ampay.charging.CostDisplayStore;
import org.ampay.charging.LimitWatch;
import org.ampay.charging.LiveCosts;
import org.ampay.charging.OrderLimitStore;
import org.ampay.charging.Reviews;
import org.ampay.charging.SessionPort;
import org.ampay.charging.SessionReply;
import org.ampay.charging.SessionUseStore;
import org.ampay.charging.SqlSessionStore;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.Journals;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.ocpp.CertificateCommands;
import org.ampay.ocpp.edge.SecuredCommands;
import org.ampay.ocpp.edge.SecurityDialect;
import org.ampay.ocpp.v16.CertificateOrders16;
import org.ampay.ocpp.v16.LocalLists16;
import org.ampay.ocpp.v16.Profiles16;
import org.ampay.ocpp.v16.Reservations16;
import org.ampay.ocpp.v16.Security16;
import org.ampay.ocpp.v201.CertificateOrders201;
import org.ampay.ocpp.v201.LocalLists201;
import org.ampay.ocpp.v201.Profiles201;
import org.ampay.ocpp.v201.Reservations201;
import org.ampay.ocpp.v201.Security201;
import org.ampay.payment.OpenDisputes;
import org.ampay.payment.Refunds;
import org.ampay.payment.SettlementStores;
import org.ampay.payment.SqlHoldStore;
import org.ampay.payment.SqlSettlementStore;
import org.ampay.payment.Wallets;
import org.ampay.payment.Withdrawals;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.wallet.WalletProvider;
import org.ampay.power.PowerGround;
import org.ampay.power.ProfileDialect;
import org.ampay.power.ProfileOrders;
import org.ampay.power.SmartCharging;
import org.ampay.power.StationLimits;
import org.ampay.station.ClientIdentity;
import org.ampay.station.CommandPort;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.station.Protocol;
import org.ampay.station.StationCredentials.Check;
import org.ampay.station.StationCredentials.Link;
import org.ampay.station.StationCredentials.Refusal;
import org.ampay.station.StationCredentials.Shown;
import org.ampay.station.StationPasswordChanges;
import org.ampay.station.StationPasswords;
import org.ampay.station.StationSecurity;
import org.ampay.station.certs.CertificateSettings;
import org.ampay.station.certs.CertificateSigning;
import org.ampay.station.certs.ClientTrust;
import org.ampay.station.certs.OwnAuthority;
import org.ampay.station.certs.Renewals;
import org.ampay.station.certs.StationCertificatePort;
import org.ampay.station.certs.StationCertificates;
import org.ampay.station.command.CommandDesk;
import org.ampay.station.command.CommandHistory;
import org.ampay.station.command.CommandQueue;
import org.ampay.station.command.CommandQueueStore;
import org.ampay.station.command.CommandSettings;
import org.ampay.station.command.CommandStore;
import org.ampay.store.Database;
import org.ampay.store.GroupCommit;
import org.ampay.store.IdBlocks;
import org.ampay.store.JobSignal;
import org.ampay.store.SqlJobStore;
import org.ampay.web.people.People;
import org.ampay.web.people.Role;

/** The web on a real database, with stations that a test plays by hand. */
final class WebFixture implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  final TestTime time = TestTime.monday();
  final PlayedStations stations = new PlayedStations();
  final LiveBus live = new LiveBus();
  final Database database;
  final IdSource ids;
  final AuditLog audit;
  final People people;
  final Inventory inventory;
  final Tokens tokens;
  final TariffCatalog tariffs;
  final Wallets wallets;
  private final Withdrawals withdrawals;
  final Simulations simulations;
  final SqlJobStore jobs;
  final Promotions promotions;
  final StationCertificates certificates;
  final DeviceFixture devices;
  final CommandDesk desk;
  private static final Map<Protocol, SecurityDialect> DIALECTS =
      Map.of(Protocol.OCPP_16, new Security16(), Protocol.OCPP_201, new Security201());

  final StationSecurity security;
  final WebRooms.Paying paying;
  final WebRooms.Roaming roaming;
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final WebServer server;
  final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  WebFixture(Database database) {
    this.database = database;
    this.ids = new IdBlocks("web-test", 1_000, database.sideTransactor(), workers);
    SecureRandom random = new SecureRandom();
    this.audit = new AuditLog(database, time);
    this.people = new People(database, ids, time, audit, random);
    this.inventory = new Inventory(database, ids, time, new StationPasswords(new byte[32]));
    this.tokens = new Tokens(database, ids, time, workers);
    this.tariffs = new TariffCatalog(database.transactor(), new TariffStore(), ids, time);
    this.jobs = new SqlJobStore(ids, time, new JobSignal());
    this.simulations = new Simulations(database, jobs, ids, time);
    PromotionBook book = new PromotionBook(database, time);
    SqlLedgerStore ledger = new SqlLedgerStore();
    SettlementStores stores =
        new SettlementStores(
            new SqlSettlementStore(),
            new SqlHoldStore(),
            new SqlBillStore(),
            BillableSessions.of(new SqlSessionStore(jobs)),
            ledger,
            jobs,
            new org.ampay.billing.promotion.Reservations(book, jobs, time));
    Journals journals = new Journals(ledger, ids, time);
    this.wallets = new Wallets(database.transactor(), stores, journals, ids, time);
    this.withdrawals = new Withdrawals(database.transactor(), stores, journals, ids, time);
    this.promotions = promotions(book, journals, random);
    Refunds refunds =
        new Refunds(
            database.transactor(),
            stores,
            new Providers(List.of(new WalletProvider())),
            journals,
            OpenDisputes.inDatabase(),
            ids,
            time);
    this.devices = new DeviceFixture(database, inventory, stations, ids, time, workers, live);
    StationPasswords passwords = new StationPasswords(new byte[32]);
    this.security =
        new StationSecurity(
            inventory,
            new StationPasswordChanges(inventory, passwords, database),
            new ClientIdentity(ClientTrust.NONE, Set.of()),
            new StationSecurity.Surroundings(
                database, time, audit, workers, link -> {}, (station, own) -> {}));
    CommandPort secured = new SecuredCommands(devices.commands, DIALECTS, security, workers);
    this.certificates = certificates(random, jobs);
    this.desk = makeDesk();
    this.paying =
        PayingFixture.of(
            this,
            ledger,
            random,
            new OrderFixture(database, ids, time)
                .orders(inventory, tariffs, tokens, stores, journals));
    this.roaming = RoamingFixture.of(this);
    this.server =
        WebServer.start(
            WebSettings.of("127.0.0.1", 0),
            rooms(
                refunds,
                ledger,
                secured,
                random,
                ManualFixture.of(database, stores, journals, ids, time)));
  }

  private WebRooms rooms(
      Refunds refunds,
      SqlLedgerStore ledger,
      CommandPort secured,
      SecureRandom random,
      WebRooms.Manual manual) {
    return new WebRooms(
        new WebRooms.Ground(
            database,
            time,
            ids,
            random,
            audit,
            new WebRooms.Threads(workers, timer),
            new WebRooms.Health(meters, Optional::empty)),
        new WebRooms.Field(
            inventory, tokens, secured, desk, live, places(jobs), certificates, devices.desk),
        new WebRooms.Finance(
            tariffs, ledger, wallets, withdrawals, refunds, simulations, promotions, manual),
        new WebRooms.Security(security, DIALECTS, Optional.of("wss://127.0.0.1:9443/ocpp/")),
        people,
        ReportedFixture.of(this, temporaryFolder()),
        charging(jobs),
        makePower(),
        paying,
        roaming);
  }

  private Promotions promotions(PromotionBook book, Journals journals, SecureRandom random) {
    return Promotions.of(
        new Parts(database.transactor(), book, audit, journals, jobs, ids, time, random));
  }

  private WebRooms.Charging charging(SqlJobStore jobs) {
    SessionPort nobody =
        report ->
            CompletableFuture.completedStage(new SessionReply.Unavailable("no core runs here"));
    return new WebRooms.Charging(
        new Reviews(
            new SqlSessionStore(jobs),
            database.transactor(),
            nobody,
            new TokenAuthorizer(tokens, List.of()),
            tariffs,
            new SqlTariffSnapshotStore(database.transactor(), ids, time),
            time),
        new CostBoard(
            new CostBoard.Ground(new CostDisplayStore(database), time, workers),
            Duration.ofMinutes(1)),
        new LimitWatch(
            new LimitWatch.Ground(
                new OrderLimitStore(database),
                database.transactor(),
                new AuditLog(database, time),
                time,
                workers),
            LimitWatch.Settings.DEFAULT),
        new LiveCosts(nobody, inventory, time));
  }

  private WebRooms.Power makePower() {
    Map<Protocol, ProfileDialect> dialects =
        Map.of(Protocol.OCPP_16, new Profiles16(), Protocol.OCPP_201, new Profiles201());
    ProfileOrders orders = new ProfileOrders(dialects);
    orders.connect(stations);
    PowerGround ground =
        new PowerGround(
            database,
            ids,
            time,
            workers,
            (pause, task) -> timer.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS),
            live);
    return new WebRooms.Power(
        new SmartCharging(ground, (station, evse) -> StationLimits.UNKNOWN, dialects, orders),
        orders);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("ampay-files");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private StationCertificates certificates(SecureRandom random, SqlJobStore jobs) {
    CertificateSettings settings = CertificateSettings.DEFAULT;
    OwnAuthority authority =
        new OwnAuthority(
            database.transactor(),
            new SecretBox(new byte[32], random),
            random,
            ids,
            time,
            settings.validity());
    StationCertificatePort port =
        new CertificateCommands(
            stations,
            Map.of(
                Protocol.OCPP_16, new CertificateOrders16(),
                Protocol.OCPP_201, new CertificateOrders201()));
    Renewals renewals =
        new Renewals(
            new CertificateSigning.Parts(database, jobs, inventory, authority, ids, time),
            settings,
            port);
    return new StationCertificates(
        new StationCertificates.Parts(database, authority, audit, ids, time),
        settings,
        port,
        renewals);
  }

  /** Real history and queue over the played stations. */
  private CommandDesk makeDesk() {
    GroupCommit.Environment environment =
        new GroupCommit.Environment(
            workers,
            workers,
            (pause, task) -> timer.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS),
            time,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    CommandHistory history =
        new CommandHistory(
            new GroupCommit<>(
                GroupCommit.Settings.of("command"),
                database.sideTransactor(),
                new CommandStore(),
                environment),
            ids,
            time,
            live);
    stations.watch(history, time);
    CommandQueueStore store = new CommandQueueStore(database);
    CommandQueue queue =
        new CommandQueue(
            new CommandSettings(3, 3_600, 365),
            store,
            history,
            stations,
            new CommandQueue.Environment(ids, time, workers, inventory::byId));
    queue.load();
    return new CommandDesk(history, queue, store);
  }

  private WebRooms.Places places(SqlJobStore jobs) {
    ReservationBook book = new ReservationBook(database, time, workers);
    return new WebRooms.Places(
        new LocalLists(
            database,
            tokens,
            inventory,
            jobs,
            time,
            new LocalLists.Ports(
                stations,
                Map.of(
                    Protocol.OCPP_16, new LocalLists16(), Protocol.OCPP_201, new LocalLists201()))),
        new Reservations(
            database.transactor(),
            book,
            tokens,
            jobs,
            ids,
            time,
            new Reservations.Ports(
                stations,
                Map.of(
                    Protocol.OCPP_16,
                    new Reservations16(),
                    Protocol.OCPP_201,
                    new Reservations201()),
                new SessionUseStore(database))));
  }

  /** OK, or why a station with this password is turned away without TLS. */
  String checked(String station, String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    return switch (security.check(new Shown(station, station, bytes, Link.PLAIN))) {
      case Check.In _ -> "OK";
      case Check.Later _ -> "LATER";
      case Check.Out(Refusal why) -> why.name();
    };
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  /** A second tenant. */
  Operator otherOperator(long id) {
    return inventory
        .operator(id)
        .orElseGet(
            () ->
                inventory.createOperator(
                    new Operator(id, "Operator " + id, "DE", "OP" + id % 10, "EUR", 3_000)));
  }

  /** A key of an operator; null: of the platform. */
  String key(Role role, Long operator) {
    return people.createKey(role.word(), role, operator, "test").plaintext();
  }

  /** An answer of the API. */
  record Reply(int status, JsonNode body, HttpResponse<String> raw) {
    String text() {
      return raw.body();
    }

    /** The field that a problem blames. */
    String field() {
      return body.path("field").asText("");
    }
  }

  Reply call(String key, String method, String path, String body, String... headers) {
    HttpResponse<String> answer = raw(key, method, path, body, headers);
    return new Reply(answer.statusCode(), json(answer), answer);
  }

  /** A call of the API whose answer may be something else than JSON. */
  HttpResponse<String> raw(String key, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url("/api/v1" + path)))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (key != null) {
      request.header("authorization", "Bearer " + key);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  Reply get(String key, String path) {
    return call(key, "GET", path, null);
  }

  Reply post(String key, String path, String body, String... headers) {
    return call(key, "POST", path, body, headers);
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    if (answer.headers().firstValue("content-type").orElse("").startsWith("text/csv")) {
      return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
    try {
      return JSON.readTree(answer.body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("no JSON: " + answer.statusCode() + " " + answer.body(), e);
    }
  }

  @Override
  public void close() {
    // Event loops take two seconds to end, and nobody calls any more: not waited for.
    Thread.ofVirtual().start(server::close);
    timer.shutdownNow();
    workers.close();
  }
}
