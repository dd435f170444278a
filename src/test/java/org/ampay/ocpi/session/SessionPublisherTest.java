package org.ampay.ocpi.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.billing.Bill;
import org.ampay.charging.SessionJobs;
import org.ampay.charging.SessionPeeks;
import org.ampay.charging.SessionSettings;
import org.ampay.charging.SqlSessionStore;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.cdr.CdrPublisher;
import org.ampay.ocpi.cdr.CdrReprice;
import org.ampay.ocpi.cdr.CdrSamples;
import org.ampay.ocpi.cdr.FrozenTariffs;
import org.ampay.ocpi.cdr.InventoryPlaceStore;
import org.ampay.ocpi.cdr.PartnerBench;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.v221.Sessions221;
import org.ampay.ocpi.v230.Sessions230;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.RoamingLedger;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions from the store to the pages of partners, on the database. */
class SessionPublisherTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final long PARTNER = 4;
  private static final JsonMapper JSON = new JsonMapper();

  private final PartnerBench bench = new PartnerBench();
  private final OcpiSessionStore store = new OcpiSessionStore();
  private RoamingLedger money;
  private MoneyWorld world;
  private SessionPublisher publisher;

  @BeforeEach
  void begin() {
    money = new RoamingLedger(DATABASE);
    world = money.world;
    publisher =
        new SessionPublisher(
            world.transactor,
            new SessionPublisher.Stores(
                new SessionPeeks(
                    new SqlSessionStore(money.jobs()),
                    world.snapshots,
                    directory(),
                    SessionSettings.DEFAULT),
                money.bills(),
                store,
                money.jobs()),
            new CdrPublisher.Roaming(bench, bench.partners(), new InventoryPlaceStore()),
            new SessionPublisher.Telling(
                Map.of(
                    OcpiVersion.V2_2_1, new Sessions221(), OcpiVersion.V2_3_0, new Sessions230()),
                new FrozenTariffs(),
                (version, session) -> CdrSamples.complaints(version, "Session", session),
                Duration.ofSeconds(60)),
            bench,
            world.time);
  }

  @Test
  void aRunningSessionIsToldWithWhatItCostsSoFarAgainAndAgain() {
    bench.belongs(77, PARTNER);
    running(77);
    reading(77, 1, 0, "0");
    reading(77, 2, 1800, "5000000");
    world.time.set(MoneyWorld.START.plusSeconds(1800));
    run(77);
    JsonNode first = page(OcpiVersion.V2_2_1).getFirst();
    assertThat(first.path("status").asText()).isEqualTo("ACTIVE");
    assertThat(first.has("end_date_time")).isFalse();
    assertThat(first.path("kwh").decimalValue()).isEqualByComparingTo("5");
    assertThat(first.path("total_cost").path("excl_vat").decimalValue())
        .isEqualByComparingTo("5.50");
    assertThat(first.path("total_cost").path("incl_vat").decimalValue())
        .isEqualByComparingTo("6.05");
    JsonNode period = first.path("charging_periods").get(0);
    assertThat(period.path("dimensions").toString())
        .isEqualTo("[{\"type\":\"ENERGY\",\"volume\":5},{\"type\":\"TIME\",\"volume\":0.5}]");
    assertThat(bench.wanted).containsExactly("4 SESSION 77");
    assertThat(due(SessionJobs.ROAMING, world.time.now())).isEmpty();
    reading(77, 3, 1860, "6000000");
    world.time.advance(Duration.ofSeconds(60));
    publisher.handle(due(SessionJobs.ROAMING, world.time.now()));
    JsonNode second = page(OcpiVersion.V2_3_0).getFirst();
    assertThat(second.path("kwh").decimalValue()).isEqualByComparingTo("6");
    assertThat(Instant.parse(second.path("last_updated").asText()))
        .isAfter(Instant.parse(first.path("last_updated").asText()));
    assertThat(bench.wanted).hasSize(2);
  }

  @Test
  void aBilledSessionIsCompletedAndCostsItsBill() {
    bench.belongs(77, PARTNER);
    Bill bill = money.billed(77, "10");
    run(77);
    for (OcpiVersion version : OcpiVersion.values()) {
      JsonNode session = page(version).getFirst();
      assertThat(session.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(CdrReprice.told(session).incl()).isEqualTo(bill.total());
      assertThat(session.path("end_date_time").asText()).isEqualTo("2026-03-02T09:00:00Z");
      assertThat(session.path("location_id").asText()).isEqualTo("S1");
    }
    assertThat(due(SessionJobs.ROAMING, Instant.parse("2030-01-01T00:00:00Z"))).isEmpty();
  }

  @Test
  void whatIsAsItWasIsNotToldAgain() {
    bench.belongs(77, PARTNER);
    money.billed(77, "10");
    run(77);
    world.time.advance(Duration.ofMinutes(1));
    run(77);
    assertThat(bench.wanted).hasSize(1);
  }

  @Test
  void aSessionOfOurOwnDriverIsToldToNobody() {
    money.billed(77, "10");
    run(77);
    assertThat(page(OcpiVersion.V2_2_1)).isEmpty();
    assertThat(bench.wanted).isEmpty();
  }

  @Test
  void listsAreOldestFirstFromInclusiveToExclusive() {
    Instant begin = world.time.now();
    for (long session = 101; session < 105; session++) {
      bench.belongs(session, PARTNER);
      money.billed(session, "1");
      run(session);
      world.time.advance(Duration.ofSeconds(10));
    }
    assertThat(ids(begin.plusSeconds(10), begin.plusSeconds(30), 0)).containsExactly("102", "103");
    assertThat(ids(begin.plusSeconds(10), begin.plusSeconds(30), 1)).containsExactly("103");
    assertThat(ids(begin, null, 4)).isEmpty();
  }

  @Test
  void preferencesAreAnsweredByWhatTheSessionIs() {
    bench.belongs(77, PARTNER);
    bench.belongs(78, PARTNER);
    running(77);
    world.time.set(MoneyWorld.START.plusSeconds(60));
    run(77);
    money.billed(78, "1");
    run(78);
    SessionsModule module = new SessionsModule(world.transactor, store);
    assertThat(prefer(module, PARTNER, "77", "{\"profile_type\":\"REGULAR\"}"))
        .isEqualTo("ACCEPTED");
    assertThat(prefer(module, PARTNER, "77", "{\"profile_type\":\"CHEAP\"}"))
        .isEqualTo("PROFILE_TYPE_NOT_SUPPORTED");
    assertThat(prefer(module, PARTNER, "78", "{\"profile_type\":\"REGULAR\"}"))
        .isEqualTo("NOT_POSSIBLE");
    assertThatThrownBy(() -> prefer(module, PARTNER, "77", "{\"profile_type\":7}"))
        .isInstanceOf(OcpiProblem.class)
        .hasMessageContaining("profile_type");
    assertThatThrownBy(() -> prefer(module, 9, "77", "{\"profile_type\":\"REGULAR\"}"))
        .isInstanceOfSatisfying(
            OcpiProblem.class, problem -> assertThat(problem.http()).isEqualTo(404));
  }

  @Test
  void aListWithoutDateFromIsRefused() {
    SessionsModule module = new SessionsModule(world.transactor, store);
    assertThatThrownBy(() -> module.handle(new TestCall("GET", List.of(), PARTNER, "{}")))
        .isInstanceOf(OcpiProblem.class)
        .hasMessageContaining("date_from");
    assertThatThrownBy(() -> module.handle(new TestCall("POST", List.of(), PARTNER, "{}")))
        .isInstanceOfSatisfying(
            OcpiProblem.class, problem -> assertThat(problem.http()).isEqualTo(405));
  }

  // ---- what the tests do ----

  private static String prefer(SessionsModule module, long partner, String id, String body) {
    OcpiAnswer answer =
        module.handle(new TestCall("PUT", List.of(id, "charging_preferences"), partner, body));
    return ((OcpiAnswer.Done) answer).data().asText();
  }

  private void running(long session) {
    DATABASE
        .dsl()
        .execute(
            "INSERT INTO charging_session (id, session_key, operator_id, site_id, station_id,"
                + " evse_no, connector_no, protocol, transaction_id, started_at, start_received,"
                + " meter_start_mwh, state, settlement_state, hold_id, token_id, token_uid,"
                + " token_type, snapshot_id, currency) VALUES (?, ?, 1, 5, 10, 1, 1, '1.6', '77',"
                + " '2026-03-02 08:00:00', '2026-03-02 08:00:00', 0, 'active', 'none', 1, 2, 'T',"
                + " 'ISO14443', ?, 'CNY')",
            session,
            MoneyWorld.key(session),
            money.snapshotId());
  }

  private void reading(long session, long id, long second, String mwh) {
    DATABASE
        .dsl()
        .execute(
            "INSERT INTO meter_reading (session_id, id, received_at, station_id, evse_no, read_at,"
                + " register_mwh) VALUES (?, ?, TIMESTAMPADD(SECOND, ?, '2026-03-02 08:00:00'), 10,"
                + " 1, TIMESTAMPADD(SECOND, ?, '2026-03-02 08:00:00'), ?)",
            session,
            id,
            second,
            second,
            mwh);
  }

  private void run(long session) {
    world.transactor.run(
        tx ->
            money
                .jobs()
                .insert(tx, List.of(new NewJob(SessionJobs.ROAMING, session, world.time.now()))));
    publisher.handle(due(SessionJobs.ROAMING, world.time.now()));
  }

  private List<Job> due(String kind, Instant at) {
    return world.transactor.call(
        tx ->
            money.jobs().claim(tx, new JobStore.Claim(kind, 100, at, at.plusSeconds(60), "test")));
  }

  private List<JsonNode> page(OcpiVersion version) {
    return texts(version, new PageQuery(null, null, 0, 10));
  }

  private List<String> ids(Instant from, Instant to, long offset) {
    return texts(OcpiVersion.V2_2_1, new PageQuery(from, to, offset, 10)).stream()
        .map(session -> session.path("id").asText())
        .toList();
  }

  private List<JsonNode> texts(OcpiVersion version, PageQuery query) {
    return world.transactor.call(tx -> store.page(tx, PARTNER, version, query)).texts().stream()
        .map(SessionPublisherTest::tree)
        .toList();
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StationDirectory directory() {
    return new StationDirectory() {
      @Override
      public Optional<StationInfo> byIdentity(String identity) {
        return Optional.empty();
      }

      @Override
      public Optional<StationInfo> byId(long id) {
        return Optional.empty();
      }
    };
  }
}
