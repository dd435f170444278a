package org.ampay.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ampay.access.Driver;
import org.ampay.access.Token;
import org.ampay.access.Tokens;
import org.ampay.app.DemoWorld.Person;
import org.ampay.app.DemoWorld.Place;
import org.ampay.app.simulator.Outlet;
import org.ampay.app.simulator.Recorder;
import org.ampay.app.simulator.Simulator;
import org.ampay.app.simulator.SimulatorLoop;
import org.ampay.app.simulator.StationSpec;
import org.ampay.app.simulator.TokenPool;
import org.ampay.app.simulator.VisitPlan;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.catalog.TariffLevel;
import org.ampay.billing.promotion.Benefits;
import org.ampay.charging.SqlSessionStore;
import org.ampay.ledger.Journals;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.payment.SettlementStores;
import org.ampay.payment.SqlHoldStore;
import org.ampay.payment.SqlSettlementStore;
import org.ampay.payment.Wallets;
import org.ampay.payment.Wallets.Owner;
import org.ampay.station.Inventory;
import org.ampay.station.NewStation;
import org.ampay.station.NewStation.NewConnector;
import org.ampay.station.NewStation.NewEvse;
import org.ampay.station.Operator;
import org.ampay.station.Site;
import org.ampay.station.StationPasswords;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.SqlJobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo: its world is made once, then simulated stations play. They begin some hours in the past
 * and catch up within a minute, so that there is history to look at; from then on they charge now
 * and then, in real time.
 */
public final class Demo implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final int TOP_UP_SECONDS = 20;
  private static final Duration HISTORY = Duration.ofHours(8);
  private static final double SPEED = 600;
  private static final long SEED = 20_260_101;
  private static final int MAX_TOKENS = 100;

  private static final VisitPlan HISTORY_PLAN =
      new VisitPlan(
          Duration.ofMinutes(10),
          Duration.ofMinutes(70),
          Duration.ofMinutes(18),
          Duration.ofMinutes(50),
          20);

  private static final VisitPlan LIVE_PLAN =
      new VisitPlan(
          Duration.ofSeconds(20),
          Duration.ofSeconds(150),
          Duration.ofSeconds(60),
          Duration.ofSeconds(300),
          15);

  private final Foundation on;
  private final Wallets wallets;
  private final Inventory inventory;
  private final Tokens tokens;
  private final Map<String, String> passwords = new HashMap<>();
  private final Map<Person, Owner> owners = new LinkedHashMap<>();
  private final List<Simulator> playing = new ArrayList<>();
  private final ScheduledExecutorService payers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("demo-payers").factory());

  private Demo(Foundation on) {
    this.on = on;
    this.wallets = wallets(on);
    this.inventory = new Inventory(on.database(), on.ids(), on.time(), on.passwords());
    this.tokens = new Tokens(on.database(), on.ids(), on.time(), on.background());
  }

  /**
   * Makes what is missing of the demo's world and lets its stations play.
   *
   * @param url of the server for stations, without the identity
   */
  public static Demo start(Foundation on, String url) {
    Demo demo = new Demo(on);
    demo.plant();
    demo.play(url);
    demo.payers.scheduleWithFixedDelay(
        demo::topUpAgain, TOP_UP_SECONDS, TOP_UP_SECONDS, TimeUnit.SECONDS);
    return demo;
  }

  private static Wallets wallets(Foundation on) {
    SqlLedgerStore ledger = new SqlLedgerStore();
    IdSource ids = on.idSource("money");
    JobStore jobs = new SqlJobStore(on.idSource("jobs"), on.time(), new JobSignal());
    SettlementStores stores =
        new SettlementStores(
            new SqlSettlementStore(),
            new SqlHoldStore(),
            new SqlBillStore(),
            BillableSessions.of(new SqlSessionStore(jobs)),
            ledger,
            jobs,
            Benefits.NONE);
    Journals journals = new Journals(ledger, ids, on.time());
    return new Wallets(on.database().transactor(), stores, journals, ids, on.time());
  }

  private void plant() {
    if (inventory.operator(DemoWorld.EUROPE.id()).isEmpty()) {
      inventory.createOperator(DemoWorld.EUROPE);
    }
    for (Place place : DemoWorld.places()) {
      long site = site(place.site());
      place.stations().forEach(spec -> station(place.site().operatorId(), site, spec));
      DefaultTariff.ensure(
          on, place.site().operatorId(), place.tariffName(), tariff(place), TariffLevel.SITE, site);
    }
    DemoWorld.people().forEach(this::person);
    topUp();
    DemoPromotions promotions = DemoPromotions.on(on);
    promotions.china(DemoWorld.CHINA, drivers(DemoWorld.CHINA));
    promotions.europe(DemoWorld.EUROPE.id(), drivers(DemoWorld.EUROPE.id()));
  }

  /** In the order of {@link DemoWorld#people}. */
  private List<Long> drivers(long operator) {
    return owners.values().stream()
        .filter(owner -> owner.operatorId() == operator)
        .map(Owner::driverId)
        .toList();
  }

  private String tariff(Place place) {
    return place
        .calendar()
        .map(json -> DefaultTariff.ensureCalendar(on, place.site().operatorId(), json))
        .map(id -> String.format(Locale.ROOT, place.tariff(), id))
        .orElse(place.tariff());
  }

  private long site(Site draft) {
    return inventory.sites(draft.operatorId()).stream()
        .filter(site -> site.code().equals(draft.code()))
        .findFirst()
        .orElseGet(() -> inventory.createSite(draft))
        .id();
  }

  /** Every station gets a new password at each start: nobody has to remember the old ones. */
  private void station(long operatorId, long site, StationSpec spec) {
    String password = StationPasswords.generate(on.random());
    passwords.put(spec.identity(), password);
    inventory
        .byIdentity(spec.identity())
        .ifPresentOrElse(
            known -> inventory.setPassword(known.id(), password),
            () -> inventory.createStation(draft(operatorId, site, spec), Optional.of(password)));
  }

  private static NewStation draft(long operatorId, long site, StationSpec spec) {
    List<NewEvse> evses = new ArrayList<>();
    for (Outlet outlet : spec.outlets()) {
      evses.add(
          new NewEvse(
              outlet.evseNo(),
              outlet.direct(),
              outlet.phases(),
              outlet.maxPowerW(),
              List.of(new NewConnector(1, standard(operatorId, outlet)))));
    }
    return new NewStation(operatorId, site, spec.identity(), spec.identity(), 1, evses);
  }

  private static String standard(long operatorId, Outlet outlet) {
    if (operatorId == DemoWorld.CHINA) {
      return outlet.direct() ? "GBT_DC" : "GBT_AC";
    }
    return outlet.direct() ? "IEC_62196_T2_COMBO" : "IEC_62196_T2";
  }

  private void person(Person person) {
    Operator operator = inventory.operator(person.operatorId()).orElseThrow();
    Token token =
        tokens
            .read(operator.id(), person.token())
            .orElseGet(() -> tokens.create(draft(person, driver(person))));
    Long driver = token.driverId();
    if (driver != null) {
      owners.put(person, new Owner(operator.id(), driver, operator.currency()));
    }
  }

  private Driver driver(Person person) {
    return tokens.create(
        new Driver(0, person.operatorId(), person.name(), null, null, person.language(), null));
  }

  private static Token draft(Person person, Driver driver) {
    return new Token(
        0,
        person.operatorId(),
        person.token(),
        "ISO14443",
        null,
        driver.id(),
        null,
        null,
        person.blocked(),
        1,
        List.of());
  }

  private void topUpAgain() {
    try {
      topUp();
    } catch (RuntimeException e) {
      LOG.warn("the demo's drivers could not top up", e);
    }
  }

  /** Fills the wallets: each once, and those of good payers again when they run low. */
  private void topUp() {
    owners.forEach(
        (person, owner) -> {
          long available = wallets.balance(owner).available().minor();
          if (person.keepFull() && available < person.balanceMinor() / 2) {
            topUp(owner, person.balanceMinor(), "demo " + on.ids().next());
          } else if (!person.keepFull()) {
            topUp(owner, person.balanceMinor(), "demo first");
          }
        });
  }

  private void topUp(Owner owner, long minor, String key) {
    wallets.topUp(new Wallets.TopUp(owner, new Money(owner.currency(), minor), key));
  }

  private void play(String url) {
    for (long operator : List.of(DemoWorld.CHINA, DemoWorld.EUROPE.id())) {
      SimulatorLoop loop = new SimulatorLoop(HISTORY, SPEED);
      Simulator simulator = new Simulator(url, loop, Recorder.NONE, SEED + operator);
      playing.add(simulator);
      TokenPool pool = new TokenPool(tokensOf(operator));
      for (Place place : DemoWorld.places()) {
        if (place.site().operatorId() != operator) {
          continue;
        }
        for (StationSpec spec : place.stations()) {
          var station = simulator.add(spec.withPassword(passwords.get(spec.identity())));
          station.connect();
          simulator.visit(station, HISTORY_PLAN, LIVE_PLAN, pool);
        }
      }
    }
  }

  private List<String> tokensOf(long operator) {
    Stream<String> own =
        tokens.list(operator, "", MAX_TOKENS).stream()
            .filter(
                token -> DemoWorld.people().stream().anyMatch(p -> p.token().equals(token.uid())))
            .sorted(Comparator.comparing(Token::uid))
            .map(Token::uid);
    return operator == DemoWorld.EUROPE.id()
        ? Stream.concat(own, DemoPartner.TOKENS.stream()).toList()
        : own.toList();
  }

  @Override
  public void close() {
    payers.shutdownNow();
    playing.forEach(Simulator::close);
  }
}
