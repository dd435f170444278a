package org.ampay.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.TestTime;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffStore;
import org.ampay.charging.SqlSessionStore;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.Journals;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.payment.Refunds;
import org.ampay.payment.SettlementStores;
import org.ampay.payment.SqlHoldStore;
import org.ampay.payment.SqlSettlementStore;
import org.ampay.payment.Wallets;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.wallet.WalletProvider;
import org.ampay.ocpp.v16.Profiles16;
import org.ampay.ocpp.v201.Profiles201;
import org.ampay.power.PowerGround;
import org.ampay.power.ProfileDialect;
import org.ampay.power.ProfileOrders;
import org.ampay.power.SmartCharging;
import org.ampay.power.StationLimits;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.station.Protocol;
import org.ampay.station.StationPasswords;
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
  final CommandDesk desk;
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
    SqlJobStore jobs = new SqlJobStore(ids, time, new JobSignal());
    SqlLedgerStore ledger = new SqlLedgerStore();
    SettlementStores stores =
        new SettlementStores(
            new SqlSettlementStore(),
            new SqlHoldStore(),
            new SqlBillStore(),
            BillableSessions.of(new SqlSessionStore(jobs)),
            ledger,
            jobs);
    Journals journals = new Journals(ledger, ids, time);
    this.wallets = new Wallets(database.transactor(), stores, journals, ids, time);
    Refunds refunds =
        new Refunds(
            database.transactor(),
            stores,
            new Providers(List.of(new WalletProvider())),
            journals,
            ids,
            time);
    this.desk = makeDesk();
    WebRooms rooms =
        new WebRooms(
            new WebRooms.Ground(
                database,
                time,
                ids,
                random,
                audit,
                new WebRooms.Threads(workers, timer),
                new WebRooms.Health(
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Optional::empty)),
            new WebRooms.Field(inventory, tokens, stations, desk, live),
            new WebRooms.Finance(tariffs, ledger, wallets, refunds),
            people,
            makePower());
    this.server = WebServer.start(WebSettings.of("127.0.0.1", 0), rooms);
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
        new SmartCharging(
            ground, (station, evse) -> StationLimits.UNKNOWN, dialects, orders),
        orders);
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
    HttpResponse<String> answer = send(request.build());
    return new Reply(answer.statusCode(), json(answer), answer);
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
    try {
      return JSON.readTree(answer.body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("no JSON: " + answer.statusCode() + " " + answer.body(), e);
    }
  }

  @Override
  public void close() {
    server.close();
    timer.shutdownNow();
    workers.close();
  }
}
