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
import org.ampay.charging.SessionJobs;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.RoamingLedger;
import org.ampay.store.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CDRs from bills to the pages of partners, on the database. */
class CdrPublisherTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final long PARTNER = 4;
  private static final long OTHER = 9;

  private final CdrWorld cdrs = new CdrWorld(DATABASE);
  private final PartnerBench bench = cdrs.bench;
  private final RoamingLedger money = cdrs.money;
  private final MoneyWorld world = cdrs.world;

  @Test
  void aCdrCostsWhatWasBilledAndPostedInBothVersions() {
    bench.belongs(77, PARTNER);
    Bill bill = money.billed(77, "12.34");
    cdrs.published(bill);
    for (OcpiVersion version : OcpiVersion.values()) {
      JsonNode cdr = page(version).getFirst();
      assertThat(CdrReprice.told(cdr).incl()).isEqualTo(bill.total());
      assertThat(CdrReprice.told(cdr).excl()).isEqualTo(bill.excl());
      assertThat(CdrReprice.told(cdr).incl().minor()).isEqualTo(money.owed());
      assertThat(cdr.path("id").asText()).isEqualTo(Long.toString(bill.id()));
      assertThat(cdr.path("session_id").asText()).isEqualTo("77");
      assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("12.34");
      assertThat(cdr.path("total_time").decimalValue()).isEqualByComparingTo("1");
      assertThat(cdr.path("cdr_token").path("uid").asText()).isEqualTo("04A1B2C3");
      assertThat(cdr.path("cdr_location").path("evse_uid").asText()).isEqualTo("11");
    }
    JsonNode cdr = page(OcpiVersion.V2_2_1).getFirst();
    assertThat(cdr.path("total_energy_cost").path("incl_vat").decimalValue())
        .isEqualByComparingTo("13.57");
    assertThat(cdr.path("total_fixed_cost").path("incl_vat").decimalValue())
        .isEqualByComparingTo("0.55");
    assertThat(bench.wanted).containsExactly("4 CDR " + bill.id());
  }

  @Test
  void billsOfOurOwnDriversLeaveNoJob() {
    Bill bill = money.billed(77, "1");
    world.transactor.run(
        tx -> {
          new RoamingBills(money.jobs(), world.time, driver -> false).made(tx, List.of(bill));
          assertThat(money.jobs().exists(tx, CdrPublisher.KIND, 77)).isFalse();
          new RoamingBills(money.jobs(), world.time, driver -> true).made(tx, List.of(bill));
          assertThat(money.jobs().exists(tx, CdrPublisher.KIND, 77)).isTrue();
          assertThat(money.jobs().exists(tx, SessionJobs.ROAMING, 77)).isTrue();
        });
  }

  @Test
  void aJobThatRunsTwiceTellsOnce() {
    bench.belongs(77, PARTNER);
    Bill bill = money.billed(77, "1");
    cdrs.published(bill);
    cdrs.published(bill);
    assertThat(page(OcpiVersion.V2_2_1)).hasSize(1);
    assertThat(bench.wanted).hasSize(1);
  }

  @Test
  void onlyThePartnerOfTheTokenSeesACdr() {
    bench.belongs(77, PARTNER);
    bench.belongs(78, OTHER);
    cdrs.published(money.billed(77, "1"));
    cdrs.published(money.billed(78, "2"));
    cdrs.published(money.billed(79, "3"));
    assertThat(ids(page(OcpiVersion.V2_2_1))).hasSize(1);
    assertThat(cdrs.page(OTHER, OcpiVersion.V2_3_0))
        .extracting(cdr -> cdr.path("session_id").asText())
        .containsExactly("78");
  }

  @Test
  void aCreditTakesTheWholeCdrBackAndANewOneFollows() {
    bench.belongs(77, PARTNER);
    Bill charge = money.billed(77, "10");
    cdrs.published(charge);
    String first = cdrs.text(PARTNER, Long.toString(charge.id()));
    world.time.advance(Duration.ofMinutes(5));
    Bill credit = money.credit(charge, 300, 30);
    cdrs.published(credit);
    List<JsonNode> told = page(OcpiVersion.V2_2_1);
    assertThat(ids(told))
        .containsExactly(
            Long.toString(charge.id()), charge.id() + "-C", Long.toString(credit.id()));
    JsonNode taken = told.get(1);
    assertThat(taken.path("credit").asBoolean()).isTrue();
    assertThat(taken.path("credit_reference_id").asText()).isEqualTo(Long.toString(charge.id()));
    assertThat(CdrReprice.told(taken).incl()).isEqualTo(charge.total().negate());
    assertThat(taken.path("total_energy_cost")).isEqualTo(told.get(0).path("total_energy_cost"));
    assertThat(taken.path("charging_periods")).isEqualTo(told.get(0).path("charging_periods"));
    assertThat(CdrReprice.told(told.get(2)).incl())
        .isEqualTo(charge.total().minus(new Money("CNY", 330)));
    assertThat(told.get(2).has("credit")).isFalse();
    assertThat(CdrCheck.problems(told.get(2))).isEmpty();
    assertThat(cdrs.text(PARTNER, Long.toString(charge.id()))).isEqualTo(first);
    Money all =
        told.stream()
            .map(cdr -> CdrReprice.told(cdr).incl())
            .reduce(Money.zero("CNY"), Money::plus);
    assertThat(all).isEqualTo(charge.total().plus(credit.total()));
  }

  @Test
  void aCreditOfAllLeavesNoCdrBehind() {
    bench.belongs(77, PARTNER);
    Bill charge = money.billed(77, "10");
    cdrs.published(charge);
    money.credit(charge, 100, 10);
    Bill last = money.credit(charge, charge.excl().minor() - 100, charge.tax().minor() - 10);
    cdrs.published(last);
    List<JsonNode> told = page(OcpiVersion.V2_3_0);
    assertThat(told).hasSize(4);
    assertThat(told.get(3).path("credit_reference_id").asText())
        .isEqualTo(told.get(2).path("id").asText());
    assertThat(told.stream().mapToLong(cdr -> CdrReprice.told(cdr).incl().minor()).sum()).isZero();
    assertThat(told).allSatisfy(cdr -> assertThat(cdr.path("id").asText()).hasSizeLessThan(40));
  }

  @Test
  void whatIsNotFitIsOnAListAndSpoilsNoPage() {
    bench.belongs(77, PARTNER);
    bench.belongs(78, PARTNER);
    Bill good = money.billed(77, "1");
    Bill bad = money.billed(78, "2");
    cdrs.published(good);
    DATABASE.dsl().execute("UPDATE site SET latitude = NULL WHERE id = 5");
    cdrs.published(bad);
    assertThat(page(OcpiVersion.V2_2_1)).hasSize(1);
    List<CdrStore.Held> held = cdrs.held(1);
    assertThat(held).hasSize(1);
    assertThat(held.getFirst().sessionId()).isEqualTo(78);
    assertThat(held.getFirst().reason()).contains("cdr_location/coordinates/latitude");
    assertThat(cdrs.held(2)).isEmpty();
    DATABASE.dsl().execute("UPDATE site SET latitude = 31.5 WHERE id = 5");
    HeldCdrs list = new HeldCdrs(world.transactor, cdrs.store, money.jobs(), world.time);
    assertThat(list.retry(2L, 78, tx -> {})).isFalse();
    assertThat(list.retry(1L, 78, tx -> {})).isTrue();
    cdrs.done();
    assertThat(page(OcpiVersion.V2_2_1)).hasSize(2);
    assertThat(cdrs.held(1)).isEmpty();
    assertThat(seqs()).containsExactly(1L, 2L);
  }

  @Test
  void aLongAddressIsCutToWhatACdrTakes() {
    DATABASE
        .dsl()
        .execute(
            "UPDATE site SET address = ?, city = ? WHERE id = 5", "é".repeat(60), "上".repeat(50));
    bench.belongs(77, PARTNER);
    cdrs.published(money.billed(77, "1"));
    JsonNode place = page(OcpiVersion.V2_2_1).getFirst().path("cdr_location");
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
    cdrs.published(money.billed(77, "1"));
    JsonNode signed = page(OcpiVersion.V2_3_0).getFirst().path("signed_data");
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
      cdrs.published(money.billed(session, "1"));
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
    assertThat(cdrs.total(PARTNER, from, to)).isEqualTo(3);
    assertThat(cdrs.total(PARTNER, null, null)).isEqualTo(7);
    assertThat(seqs()).containsExactlyElementsOf(LongStream.rangeClosed(1, 7).boxed().toList());
  }

  @Test
  void anEarlierClockDoesNotReorderTheFeed() {
    bench.belongs(77, PARTNER);
    bench.belongs(78, PARTNER);
    Bill first = money.billed(77, "1");
    Bill second = money.billed(78, "1");
    cdrs.published(first);
    world.time.set(world.time.now().minusSeconds(60));
    cdrs.published(second);
    List<JsonNode> told = page(OcpiVersion.V2_2_1);
    assertThat(told.get(1).path("last_updated")).isEqualTo(told.get(0).path("last_updated"));
  }

  // ---- what the tests do ----

  private List<JsonNode> page(OcpiVersion version) {
    return cdrs.page(PARTNER, version);
  }

  private static void signed(long id, String context, String extra) {
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

  private List<String> sessions(
      @Nullable Instant from, @Nullable Instant to, long offset, int limit) {
    PageQuery query = new PageQuery(from, to, offset, limit);
    return cdrs.page(PARTNER, OcpiVersion.V2_2_1, query).stream()
        .map(cdr -> cdr.path("session_id").asText())
        .toList();
  }

  private static List<String> ids(List<JsonNode> cdrs) {
    return cdrs.stream().map(cdr -> cdr.path("id").asText()).toList();
  }

  private static List<Long> seqs() {
    return DATABASE
        .dsl()
        .fetch("SELECT seq FROM ocpi_cdr WHERE partner_id = 4 ORDER BY seq")
        .getValues(0, Long.class);
  }
}
