package org.ampay.ocpi.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.RoamingLedger;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CDRs from bills to the pages of partners, on the database. */
class CdrPublisherTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final long PARTNER = 4;
  private static final long OTHER = 9;

  private final PartnerBench bench = new PartnerBench();
  private final CdrStore store = new CdrStore();
  private RoamingLedger money;
  private MoneyWorld world;
  private CdrPublisher publisher;

  @BeforeEach
  void begin() {
    money = new RoamingLedger(DATABASE);
    world = money.world;
    publisher =
        new CdrPublisher(
            world.transactor,
            new CdrPublisher.Stores(money.sessions(), money.bills(), store, money.jobs()),
            new CdrPublisher.Roaming(bench, bench.partners(), new InventoryPlaceStore()),
            new CdrPublisher.Making(
                CdrSamples.maker(), world.snapshots, CdrSamples::complaintsOfCdr),
            bench,
            world.time);
  }

  @Test
  void aCdrCostsWhatWasBilledAndPostedInBothVersions() {
    bench.belongs(77, PARTNER);
    Bill bill = money.billed(77, "12.34");
    published(bill);
    for (OcpiVersion version : OcpiVersion.values()) {
      JsonNode cdr = page(PARTNER, version, null, null, 0, 10).getFirst();
      assertThat(CdrReprice.told(cdr).incl()).isEqualTo(bill.total());
      assertThat(CdrReprice.told(cdr).excl()).isEqualTo(bill.excl());
      assertThat(CdrReprice.told(cdr).incl().minor()).isEqualTo(money.unassigned());
      assertThat(cdr.path("id").asText()).isEqualTo(Long.toString(bill.id()));
      assertThat(cdr.path("session_id").asText()).isEqualTo("77");
      assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("12.34");
      assertThat(cdr.path("total_time").decimalValue()).isEqualByComparingTo("1");
      assertThat(cdr.path("cdr_token").path("uid").asText()).isEqualTo("04A1B2C3");
      assertThat(cdr.path("cdr_location").path("evse_uid").asText()).isEqualTo("11");
    }
    JsonNode cdr = page(PARTNER, OcpiVersion.V2_2_1, null, null, 0, 10).getFirst();
    assertThat(cdr.path("total_energy_cost").path("incl_vat").decimalValue())
        .isEqualByComparingTo("13.57");
    assertThat(cdr.path("total_fixed_cost").path("incl_vat").decimalValue())
        .isEqualByComparingTo("0.55");
    assertThat(bench.wanted).containsExactly("4 CDR " + bill.id());
  }

  @Test
  void aJobThatRunsTwiceTellsOnce() {
    bench.belongs(77, PARTNER);
    Bill bill = money.billed(77, "1");
    published(bill);
    published(bill);
    assertThat(page(PARTNER, OcpiVersion.V2_2_1, null, null, 0, 10)).hasSize(1);
    assertThat(bench.wanted).hasSize(1);
  }

  @Test
  void onlyThePartnerOfTheTokenSeesACdr() {
    bench.belongs(77, PARTNER);
    bench.belongs(78, OTHER);
    published(money.billed(77, "1"));
    published(money.billed(78, "2"));
    published(money.billed(79, "3"));
    assertThat(ids(page(PARTNER, OcpiVersion.V2_2_1, null, null, 0, 10))).hasSize(1);
    assertThat(page(OTHER, OcpiVersion.V2_3_0, null, null, 0, 10))
        .extracting(cdr -> cdr.path("session_id").asText())
        .containsExactly("78");
  }

  @Test
  void aCreditTakesTheWholeCdrBackAndANewOneFollows() {
    bench.belongs(77, PARTNER);
    Bill charge = money.billed(77, "10");
    published(charge);
    String first = text(PARTNER, Long.toString(charge.id()));
    world.time.advance(Duration.ofMinutes(5));
    Bill credit = money.credit(charge, 300, 30);
    published(credit);
    List<JsonNode> cdrs = page(PARTNER, OcpiVersion.V2_2_1, null, null, 0, 10);
    assertThat(ids(cdrs))
        .containsExactly(
            Long.toString(charge.id()), charge.id() + "-C", Long.toString(credit.id()));
    JsonNode taken = cdrs.get(1);
    assertThat(taken.path("credit").asBoolean()).isTrue();
    assertThat(taken.path("credit_reference_id").asText()).isEqualTo(Long.toString(charge.id()));
    assertThat(CdrReprice.told(taken).incl()).isEqualTo(charge.total().negate());
    assertThat(taken.path("total_energy_cost")).isEqualTo(cdrs.get(0).path("total_energy_cost"));
    assertThat(taken.path("charging_periods")).isEqualTo(cdrs.get(0).path("charging_periods"));
    assertThat(CdrReprice.told(cdrs.get(2)).incl())
        .isEqualTo(charge.total().minus(new Money("CNY", 330)));
    assertThat(cdrs.get(2).has("credit")).isFalse();
    assertThat(CdrCheck.problems(cdrs.get(2))).isEmpty();
    assertThat(text(PARTNER, Long.toString(charge.id()))).isEqualTo(first);
    Money all =
        cdrs.stream()
            .map(cdr -> CdrReprice.told(cdr).incl())
            .reduce(Money.zero("CNY"), Money::plus);
    assertThat(all).isEqualTo(charge.total().plus(credit.total()));
  }

  @Test
  void aCreditOfAllLeavesNoCdrBehind() {
    bench.belongs(77, PARTNER);
    Bill charge = money.billed(77, "10");
    published(charge);
    money.credit(charge, 100, 10);
    Bill last =
        money.credit(charge, charge.excl().minor() - 100, charge.tax().minor() - 10);
    published(last);
    List<JsonNode> cdrs = page(PARTNER, OcpiVersion.V2_3_0, null, null, 0, 10);
    assertThat(cdrs).hasSize(4);
    assertThat(cdrs.get(3).path("credit_reference_id").asText())
        .isEqualTo(cdrs.get(2).path("id").asText());
    assertThat(
            cdrs.stream().mapToLong(cdr -> CdrReprice.told(cdr).incl().minor()).sum())
        .isZero();
    assertThat(cdrs).allSatisfy(cdr -> assertThat(cdr.path("id").asText()).hasSizeLessThan(40));
  }

  @Test
  void whatIsNotFitIsOnAListAndSpoilsNoPage() {
    bench.belongs(77, PARTNER);
    bench.belongs(78, PARTNER);
    Bill good = money.billed(77, "1");
    Bill bad = money.billed(78, "2");
    published(good);
    DATABASE.dsl().execute("UPDATE site SET latitude = NULL WHERE id = 5");
    published(bad);
    assertThat(page(PARTNER, OcpiVersion.V2_2_1, null, null, 0, 10)).hasSize(1);
    List<CdrStore.Held> held = held(1);
    assertThat(held).hasSize(1);
    assertThat(held.getFirst().sessionId()).isEqualTo(78);
    assertThat(held.getFirst().reason()).contains("cdr_location/coordinates/latitude");
    assertThat(held(2)).isEmpty();
    DATABASE.dsl().execute("UPDATE site SET latitude = 31.5 WHERE id = 5");
    published(bad);
    assertThat(page(PARTNER, OcpiVersion.V2_2_1, null, null, 0, 10)).hasSize(2);
    assertThat(held(1)).isEmpty();
    assertThat(seqs()).containsExactly(1L, 2L);
  }

  @Test
  void aLongAddressIsCutToWhatACdrTakes() {
    DATABASE
        .dsl()
        .execute("UPDATE site SET address = ?, city = ? WHERE id = 5", "é".repeat(60), "上".repeat(50));
    bench.belongs(77, PARTNER);
    published(money.billed(77, "1"));
    JsonNode place =
        page(PARTNER, OcpiVersion.V2_2_1, null, null, 0, 10).getFirst().path("cdr_location");
    assertThat(place.path("address").asText()).isEqualTo("é".repeat(45));
    assertThat(place.path("city").asText()).isEqualTo("上".repeat(45));
  }

  @Test
  void signedMeterDataIsCarriedByteForByte() {
    String ocmf = "OCMF|{\"FV\":\"1.0\",\"RV\":\"4000.10\"}|{\"SD\":\"3045\"}";
    String base64 = Base64.getEncoder().encodeToString(ocmf.getBytes(StandardCharsets.UTF_8));
    signed(1, "Transaction.Begin", "[{\"value\":" + quoted(ocmf) + ",\"format\":\"SignedData\"}]");
    signed(
        2,
        "Transaction.End",
        "[{\"signedMeterValue\":{\"signedMeterData\":\""
            + base64
            + "\",\"signingMethod\":\"\",\"encodingMethod\":\"OCMF\",\"publicKey\":\"S2V5\"}}]");
    bench.belongs(77, PARTNER);
    published(money.billed(77, "1"));
    JsonNode signed =
        page(PARTNER, OcpiVersion.V2_3_0, null, null, 0, 10).getFirst().path("signed_data");
    assertThat(signed.path("encoding_method").asText()).isEqualTo("OCMF");
    assertThat(signed.path("public_key").asText()).isEqualTo("S2V5");
    for (int i = 0; i < 2; i++) {
      JsonNode value = signed.path("signed_values").get(i);
      assertThat(value.path("plain_data").asText()).isEqualTo(ocmf);
      assertThat(value.path("signed_data").asText()).isEqualTo(base64);
    }
    assertThat(signed.path("signed_values").get(0).path("nature").asText()).isEqualTo("Start");
    assertThat(signed.path("signed_values").get(1).path("nature").asText()).isEqualTo("End");
  }

  @Test
  void pagesAreRangesOfTheFeedFromInclusiveToExclusive() {
    Instant begin = world.time.now();
    for (long session = 100; session < 107; session++) {
      bench.belongs(session, PARTNER);
      published(money.billed(session, "1"));
      world.time.advance(Duration.ofSeconds(10));
    }
    Instant from = begin.plusSeconds(20);
    Instant to = begin.plusSeconds(50);
    assertThat(sessions(from, to, 0, 10)).containsExactly("102", "103", "104");
    assertThat(sessions(from, to, 1, 1)).containsExactly("103");
    assertThat(sessions(from, to, 3, 10)).isEmpty();
    assertThat(sessions(null, null, 5, 10)).containsExactly("105", "106");
    assertThat(sessions(from.plusNanos(1), null, 0, 1)).containsExactly("103");
    assertThat(sessions(begin.plusSeconds(1000), null, 0, 10)).isEmpty();
    assertThat(sessions(to, from, 0, 10)).isEmpty();
    assertThat(total(from, to)).isEqualTo(3);
    assertThat(total(null, null)).isEqualTo(7);
    assertThat(seqs()).containsExactlyElementsOf(LongStream.rangeClosed(1, 7).boxed().toList());
  }

  @Test
  void anEarlierClockDoesNotReorderTheFeed() {
    bench.belongs(77, PARTNER);
    bench.belongs(78, PARTNER);
    Bill first = money.billed(77, "1");
    Bill second = money.billed(78, "1");
    published(first);
    world.time.set(world.time.now().minusSeconds(60));
    published(second);
    List<JsonNode> cdrs = page(PARTNER, OcpiVersion.V2_2_1, null, null, 0, 10);
    assertThat(cdrs.get(1).path("last_updated")).isEqualTo(cdrs.get(0).path("last_updated"));
  }

  // ---- what the tests do ----

  private void published(Bill bill) {
    world.transactor.run(
        tx -> new RoamingBills(money.jobs(), world.time).made(tx, List.of(bill)));
    List<Job> jobs =
        world.transactor.call(
            tx ->
                money
                    .jobs()
                    .claim(
                        tx,
                        new JobStore.Claim(
                            CdrPublisher.KIND,
                            100,
                            world.time.now(),
                            world.time.now().plusSeconds(60),
                            "test")));
    assertThat(jobs).isNotEmpty();
    publisher.handle(jobs);
    assertThat(
            world.transactor.<Boolean>call(
                tx -> money.jobs().exists(tx, CdrPublisher.KIND, bill.session().id())))
        .isFalse();
  }

  private List<CdrStore.Held> held(long operator) {
    return world.transactor.call(tx -> store.held(tx, operator, 0, 10));
  }

  private void signed(long id, String context, String extra) {
    DATABASE
        .dsl()
        .execute(
            "INSERT INTO meter_reading (session_id, id, received_at, station_id, evse_no, read_at,"
                + " context, extra) VALUES (77, ?, '2026-03-02', 10, 1, '2026-03-02', ?, ?)",
            id,
            context,
            extra);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  private List<JsonNode> page(
      long partner, OcpiVersion version, Instant from, Instant to, long offset, int limit) {
    return world
        .transactor
        .call(tx -> store.page(tx, partner, version, new PageQuery(from, to, offset, limit)))
        .texts()
        .stream()
        .<JsonNode>map(CdrTexts::tree)
        .toList();
  }

  private List<String> sessions(Instant from, Instant to, long offset, int limit) {
    return page(PARTNER, OcpiVersion.V2_2_1, from, to, offset, limit).stream()
        .map(cdr -> cdr.path("session_id").asText())
        .toList();
  }

  private long total(Instant from, Instant to) {
    return world
        .transactor
        .call(
            tx ->
                store.page(tx, PARTNER, OcpiVersion.V2_2_1, new PageQuery(from, to, 0, 1)))
        .total();
  }

  private String text(long partner, String id) {
    return world
        .transactor
        .call(tx -> store.text(tx, partner, id, OcpiVersion.V2_2_1))
        .orElseThrow();
  }

  private static List<String> ids(List<JsonNode> cdrs) {
    return cdrs.stream().map(cdr -> cdr.path("id").asText()).toList();
  }

  private List<Long> seqs() {
    return DATABASE
        .dsl()
        .fetch("SELECT seq FROM ocpi_cdr WHERE partner_id = 4 ORDER BY seq")
        .getValues(0, Long.class);
  }
}
