package org.ampay.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.store.Job;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.SqlJobStore;
import org.ampay.store.StoreException;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TierDiscount;
import org.ampay.tariff.TierTerm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs on a real database. */
class SimulationsTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Tariff PLAIN =
      PastSessions.tariff(
          """
          {"currency":"CNY","elements":[{"price_components":[
            {"type":"ENERGY","price":1.2345,"vat":6,"step_size":1},
            {"type":"FLAT","price":0.5,"vat":6,"step_size":1}]}]}
          """);
  private static final Tariff BY_CLOCK =
      PastSessions.tariff(
          """
          {"currency":"CNY","elements":[
            {"price_components":[{"type":"ENERGY","price":1.9,"vat":13,"step_size":100}],
             "restrictions":{"start_time":"08:30","end_time":"11:00"}},
            {"price_components":[{"type":"ENERGY","price":0.7,"vat":13,"step_size":100}],
             "restrictions":{"start_time":"22:15","end_time":"06:00"}},
            {"price_components":[{"type":"ENERGY","price":1.3333,"vat":13,"step_size":100},
              {"type":"PARKING_TIME","price":6,"vat":6,"step_size":60}]}],
            "min_price":{"excl_vat":1,"incl_vat":1.1}}
          """);
  private static final Tariff BY_ENERGY =
      PastSessions.tariff(
          """
          {"currency":"CNY","elements":[
            {"price_components":[{"type":"ENERGY","price":1.1,"vat":6,"step_size":0}],
             "restrictions":{"max_kwh":7.5}},
            {"price_components":[{"type":"ENERGY","price":1.6,"vat":6,"step_size":0}]}]}
          """);

  private final TestTime time = new TestTime(Instant.parse("2026-04-01T00:00:00Z"));
  private final Random random = new Random(20260401);
  private PastSessions past;
  private JobStore jobs;
  private Simulations simulations;

  @BeforeEach
  void start() {
    DATABASE.clear();
    past = new PastSessions(DATABASE, time);
    past.site(1, 1, PastSessions.SHANGHAI);
    past.site(2, 1, PastSessions.BERLIN);
    past.site(3, 2, PastSessions.SHANGHAI);
    jobs = new SqlJobStore(new CountingIds(), time, new JobSignal());
    simulations = new Simulations(DATABASE.database(), jobs, new CountingIds(1000), time);
  }

  private SimulationWorker worker(int page, int portion) {
    return new SimulationWorker(
        DATABASE.database(),
        jobs,
        time,
        new SimulationWorker.Portions(page, portion, Duration.ofMinutes(1)));
  }

  /** A month at two sites of operator 1, in two time zones and with three tariffs. */
  private void month(int sessions) {
    Tariff[] tariffs = {PLAIN, BY_CLOCK, BY_ENERGY};
    for (int i = 0; i < sessions; i++) {
      Instant at = PastSessions.FROM.plusSeconds(random.nextInt(31 * 86_400));
      long site = 1 + random.nextInt(2);
      int tariff = random.nextInt(3);
      past.finished(
          1,
          site,
          site * 10 + random.nextInt(2),
          PastSessions.snapshot(
              tariff + 1, tariffs[tariff], site == 1 ? PastSessions.SHANGHAI : PastSessions.BERLIN),
          PastSessions.facts(
              random, at, 1 + random.nextInt(100), random.nextInt(3) * random.nextInt(90)));
    }
  }

  private NewRun march(Tariff tariff, Basis basis, Places places) {
    return new NewRun(
        places.tariffOnly() ? 1L : null,
        null,
        "draft",
        tariff,
        basis,
        PastSessions.FROM,
        PastSessions.FROM.plus(Duration.ofDays(31)),
        places);
  }

  private Run start(NewRun what) {
    return simulations.start(1, what, "user:a", (tx, run) -> {});
  }

  private List<Job> claim() {
    return DATABASE
        .transactor()
        .call(
            tx ->
                jobs.claim(
                    tx,
                    new JobStore.Claim(
                        Simulations.KIND, 1, time.now(), time.now().plusSeconds(60), "w")));
  }

  /** Does all jobs there are. */
  private void work(SimulationWorker worker) {
    for (List<Job> job = claim(); !job.isEmpty(); job = claim()) {
      worker.handle(job);
    }
  }

  private Run again(Run run) {
    return simulations.find(1L, run.id()).orElseThrow();
  }

  private long naiveAfter(Tariff tariff, PastSessions.Made session) {
    TariffSnapshot snapshot = PastSessions.snapshot(0, tariff, session.snapshot().zone());
    return Pricing.price(snapshot, session.facts()).payable().minor();
  }

  @ParameterizedTest
  @EnumSource(Basis.class)
  void sums_areThoseOfPricingEachSessionByItself(Basis basis) {
    month(120);

    Run run = start(march(BY_CLOCK, basis, Places.ALL));
    work(worker(7, 20));

    Run done = again(run);
    assertThat(done.state()).isEqualTo(RunState.DONE);
    assertThat(done.total()).isEqualTo(120);
    assertThat(done.done()).isEqualTo(120);
    assertThat(done.found().skipped()).isEmpty();
    RunResult result = simulations.result(done);
    Sums all = result.all();
    assertThat(all.sessions()).isEqualTo(120);
    assertThat(all.beforeIncl())
        .isEqualTo(past.made.stream().mapToLong(s -> s.billed().minor()).sum());
    assertThat(all.afterIncl())
        .isEqualTo(past.made.stream().mapToLong(s -> naiveAfter(BY_CLOCK, s)).sum());
    assertThat(all.energyMwh())
        .isEqualTo(past.made.stream().mapToLong(s -> PastSessions.energyMwh(s.facts())).sum());
    assertThat(all.dearer())
        .isEqualTo(
            past.made.stream().filter(s -> naiveAfter(BY_CLOCK, s) > s.billed().minor()).count());
    assertThat(all.cheaper())
        .isEqualTo(
            past.made.stream().filter(s -> naiveAfter(BY_CLOCK, s) < s.billed().minor()).count());
    assertThat(result.sites())
        .allSatisfy(
            site ->
                assertThat(site.sums().afterIncl())
                    .isEqualTo(
                        past.made.stream()
                            .filter(s -> s.site() == site.siteId())
                            .mapToLong(s -> naiveAfter(BY_CLOCK, s))
                            .sum()))
        .extracting(RunResult.SiteSums::name)
        .containsExactlyInAnyOrder("Site 1", "Site 2");
    assertThat(result.hours().stream().reduce(Sums.ZERO, Sums::plus)).isEqualTo(all);
    assertThat(done.found().rises())
        .extracting(Rise::by)
        .containsExactlyElementsOf(
            past.made.stream()
                .map(s -> naiveAfter(BY_CLOCK, s) - s.billed().minor())
                .sorted(Comparator.reverseOrder())
                .limit(10)
                .toList());
  }

  @Test
  void hours_getWhatLiesInThem() {
    // 10 kWh evenly from 08:15 to 10:15 in Shanghai: 3.75, 5 and 1.25 kWh.
    Instant at = Instant.parse("2026-03-02T00:15:00Z");
    var facts =
        new org.ampay.tariff.SessionFacts(
            List.of(
                org.ampay.tariff.Segment.of(
                    at,
                    at.plus(Duration.ofHours(2)),
                    org.ampay.tariff.SegmentState.CHARGING,
                    org.ampay.base.Energy.ofWh(10_000))));
    Tariff one =
        PastSessions.tariff(
            """
            {"currency":"CNY","elements":[{"price_components":[
              {"type":"ENERGY","price":1,"step_size":0},{"type":"FLAT","price":2,"step_size":1}]}]}
            """);
    Tariff two =
        PastSessions.tariff(
            """
            {"currency":"CNY","elements":[
              {"price_components":[{"type":"ENERGY","price":3,"step_size":0}],
               "restrictions":{"start_time":"09:00","end_time":"10:00"}},
              {"price_components":[{"type":"ENERGY","price":0.5,"step_size":0}]}]}
            """);
    past.finished(1, 1, 10, PastSessions.snapshot(1, one, PastSessions.SHANGHAI), facts);

    Run run = start(march(two, Basis.LIST, Places.ALL));
    work(worker(10, 10));

    List<Sums> hours = simulations.result(again(run)).hours();
    assertThat(hours.get(8)).isEqualTo(new Sums(1, 1, 0, 10_000_000, 575, 575, 188, 188));
    assertThat(hours.get(9)).isEqualTo(new Sums(0, 0, 0, 0, 500, 500, 1500, 1500));
    // 62.5 and 187.5 cents: halves are rounded so that the hours add up to the total of 17.50.
    assertThat(hours.get(10)).isEqualTo(new Sums(0, 0, 0, 0, 125, 125, 62, 62));
    assertThat(hours.get(11)).isEqualTo(Sums.ZERO);
  }

  @Test
  void runThatWasCutOff_goesOnBehindItsLastPortion() {
    month(60);
    Run whole = start(march(BY_ENERGY, Basis.LIST, Places.ALL));
    work(worker(500, 500));

    Run cut = start(march(BY_ENERGY, Basis.LIST, Places.ALL));
    // A turn that is over at once: each job does one portion, in the hands of another worker.
    int turns = 0;
    for (List<Job> job = claim(); !job.isEmpty(); job = claim()) {
      new SimulationWorker(
              DATABASE.database(), jobs, time, new SimulationWorker.Portions(4, 9, Duration.ZERO))
          .handle(job);
      turns++;
      assertThat(again(cut).done()).isEqualTo(Math.min(60, turns * 12L));
    }

    assertThat(turns).isEqualTo(6);
    assertThat(again(cut).state()).isEqualTo(RunState.DONE);
    assertThat(simulations.result(again(cut))).isEqualTo(simulations.result(again(whole)));
    assertThat(again(cut).found()).isEqualTo(again(whole).found());
  }

  @Test
  void workerThatLostItsLease_writesNothing() {
    month(10);
    Run run = start(march(PLAIN, Basis.LIST, Places.ALL));
    List<Job> slow = claim();
    time.advance(Duration.ofMinutes(2));
    List<Job> other = claim();
    assertThat(other).hasSize(1);
    worker(3, 3).handle(other);

    assertThatThrownBy(() -> worker(3, 3).handle(slow)).isInstanceOf(StoreException.class);

    assertThat(again(run).done()).isEqualTo(10);
    assertThat(simulations.result(again(run)).all().sessions()).isEqualTo(10);
  }

  @Test
  void sessionsThatCannotBePriced_areCountedByReason() {
    month(3);
    Instant at = PastSessions.FROM.plusSeconds(60);
    var snapshot = PastSessions.snapshot(1, PLAIN, PastSessions.SHANGHAI);
    var facts = PastSessions.facts(random, at, 3, 0);
    past.insert(1, 1, 10, "active", at, snapshot, null);
    past.insert(1, 1, 10, "review", at, snapshot, facts);
    past.insert(1, 1, 10, "finished", at, null, null);
    past.insert(1, 1, 10, "finished", at, snapshot, facts);
    past.insert(1, 1, 10, "rejected", at, null, null);
    past.insert(1, 1, 10, "orphan", at, null, null);
    Tariff euro =
        PastSessions.tariff(
            "{\"currency\":\"EUR\",\"elements\":[{\"price_components\":"
                + "[{\"type\":\"ENERGY\",\"price\":1,\"step_size\":1}]}]}");
    past.insert(
        1, 1, 10, "finished", at, PastSessions.snapshot(9, euro, PastSessions.BERLIN), facts);
    long broken = past.insert(1, 1, 10, "finished", at, snapshot, facts);
    DATABASE.dsl().execute("UPDATE charging_session SET price_facts = '{}' WHERE id = " + broken);

    Run run = start(march(PLAIN, Basis.LIST, Places.ALL));
    work(worker(5, 5));
    assertThat(again(run).found().skipped())
        .isEqualTo(
            Map.of(
                Skip.ACTIVE, 1L,
                Skip.REVIEW, 1L,
                Skip.NOT_PRICED, 1L,
                Skip.CURRENCY, 1L,
                Skip.UNREADABLE, 1L));
    assertThat(again(run).total()).isEqualTo(9);
    assertThat(simulations.result(again(run)).all().sessions()).isEqualTo(4);

    Run billed = start(march(PLAIN, Basis.BILLED, Places.ALL));
    work(worker(5, 5));
    assertThat(again(billed).found().skipped()).containsEntry(Skip.NOT_BILLED, 2L);
    assertThat(simulations.result(again(billed)).all().sessions()).isEqualTo(3);
  }

  @Test
  void discountsOfTheDriver_areOnNeitherSideOfListPrices() {
    TariffSnapshot plain = PastSessions.snapshot(1, PLAIN, PastSessions.SHANGHAI);
    DriverTerms terms =
        new DriverTerms(
            new TierTerm(
                1,
                "Gold",
                List.of(new TierDiscount(Set.of(), BigDecimal.valueOf(25))),
                Funder.OPERATOR),
            List.of(),
            null);
    var facts = PastSessions.facts(random, PastSessions.FROM.plusSeconds(60), 90, 0);
    PastSessions.Made session = past.finished(1, 1, 10, plain.withTerms(terms), facts);
    long list = Pricing.price(plain, facts).payable().minor();
    assertThat(session.billed().minor()).isBetween(list * 74 / 100, list * 76 / 100);

    Run listed = start(march(PLAIN, Basis.LIST, Places.ALL));
    Run billed = start(march(PLAIN, Basis.BILLED, Places.ALL));
    work(worker(5, 5));

    Sums all = simulations.result(again(listed)).all();
    assertThat(all.beforeIncl()).isEqualTo(list);
    assertThat(all.afterIncl()).isEqualTo(list);
    all = simulations.result(again(billed)).all();
    assertThat(all.beforeIncl()).isEqualTo(session.billed().minor());
    assertThat(all.afterIncl()).isEqualTo(list);
    assertThat(all.dearer()).isEqualTo(1);
  }

  @Test
  void billThatAPersonCorrected_countsAsBilled() {
    month(5);
    DATABASE.dsl().execute("UPDATE bill SET total_minor = 7, excl_minor = 6, tax_minor = 1");

    Run run = start(march(PLAIN, Basis.BILLED, Places.ALL));
    work(worker(5, 5));

    Sums all = simulations.result(again(run)).all();
    assertThat(all.beforeIncl()).isEqualTo(35);
    assertThat(all.beforeExcl()).isEqualTo(30);
  }

  @Test
  void placesAndPeriod_limitTheSessions() {
    month(60);
    past.finished(
        2,
        3,
        30,
        PastSessions.snapshot(1, PLAIN, PastSessions.SHANGHAI),
        PastSessions.facts(random, PastSessions.FROM.plusSeconds(60), 5, 0));
    past.finished(
        1,
        1,
        10,
        PastSessions.snapshot(1, PLAIN, PastSessions.SHANGHAI),
        PastSessions.facts(random, PastSessions.FROM.minusSeconds(120), 5, 0));

    assertThat(sessions(new Places(Set.of(2L), Set.of(), false)))
        .isEqualTo(past.made.stream().filter(s -> s.site() == 2).count());
    assertThat(sessions(new Places(Set.of(2L), Set.of(10L), false)))
        .isEqualTo(count(s -> s.site() == 2 || s.station() == 10));
    assertThat(sessions(new Places(Set.of(), Set.of(), true)))
        .isEqualTo(count(s -> s.site() != 3 && s.snapshot().tariffId() == 1));
    assertThat(sessions(new Places(Set.of(3L), Set.of(), false))).isZero();
    assertThat(sessions(Places.ALL)).isEqualTo(60);
  }

  private long count(java.util.function.Predicate<PastSessions.Made> which) {
    return past.made.stream()
        .filter(s -> !s.at().isBefore(PastSessions.FROM))
        .filter(which)
        .count();
  }

  private long sessions(Places places) {
    Run run = start(march(PLAIN, Basis.LIST, places));
    work(worker(7, 7));
    return simulations.result(again(run)).all().sessions();
  }

  @Test
  void cancelledRun_stopsAndKeepsWhatItHas_thenItCanBeRemoved() {
    month(30);
    Run run = start(march(PLAIN, Basis.LIST, Places.ALL));
    new SimulationWorker(
            DATABASE.database(), jobs, time, new SimulationWorker.Portions(5, 5, Duration.ZERO))
        .handle(claim());
    assertThat(again(run).state()).isEqualTo(RunState.RUNNING);
    assertThat(again(run).percent()).isEqualTo(16);

    assertThat(simulations.end(2L, run.id(), (tx, r) -> {})).isEmpty();
    assertThat(simulations.end(1L, run.id(), (tx, r) -> {})).isPresent();
    work(worker(5, 5));

    assertThat(again(run).state()).isEqualTo(RunState.CANCELLED);
    assertThat(again(run).done()).isEqualTo(5);
    assertThat(claim()).isEmpty();
    assertThat(simulations.end(1L, run.id(), (tx, r) -> {})).isPresent();
    assertThat(simulations.find(1L, run.id())).isEmpty();
    assertThat(DATABASE.dsl().fetchCount(org.ampay.store.tables.Tables.PRICE_SIMULATION_SUM))
        .isZero();
  }

  @Test
  void operatorsSeeTheirOwn_andHaveFewAtATime() {
    Run run = start(march(PLAIN, Basis.LIST, Places.ALL));
    assertThat(simulations.find(2L, run.id())).isEmpty();
    assertThat(simulations.list(2L, null, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(simulations.list(1L, null, Long.MAX_VALUE, 10)).hasSize(1);
    for (int i = 1; i < Simulations.MOST_OPEN; i++) {
      start(march(PLAIN, Basis.LIST, Places.ALL));
    }
    assertThatThrownBy(() -> start(march(PLAIN, Basis.LIST, Places.ALL)))
        .isInstanceOf(Simulations.TooManyRunsException.class);
    simulations.start(2, march(PLAIN, Basis.LIST, Places.ALL), "user:b", (tx, r) -> {});
    work(worker(5, 5));
    assertThat(again(run).state()).isEqualTo(RunState.DONE);
    assertThat(start(march(PLAIN, Basis.LIST, Places.ALL)).state()).isEqualTo(RunState.QUEUED);
  }

  @Test
  void badPeriods_nameTheirField() {
    Instant at = PastSessions.FROM;
    assertThatThrownBy(() -> new NewRun(null, null, "x", PLAIN, Basis.LIST, at, at, Places.ALL))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.path()).isEqualTo("to"));
    assertThatThrownBy(
            () ->
                new NewRun(
                    null,
                    null,
                    "x",
                    PLAIN,
                    Basis.LIST,
                    at,
                    at.plus(Duration.ofDays(751)),
                    Places.ALL))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.path()).isEqualTo("to"));
    assertThatThrownBy(
            () ->
                new NewRun(
                    null,
                    null,
                    "x",
                    PLAIN,
                    Basis.LIST,
                    at,
                    at.plusSeconds(1),
                    new Places(Set.of(), Set.of(), true)))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.path()).isEqualTo("tariff_only"));
  }
}
