package org.ampay.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.charging.BillableSession;
import org.ampay.ledger.Posting;
import org.ampay.station.EvseRef;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Funder;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bill of a session with two fees per kWh, an occupancy cap, a tier and a coupon. */
class BillWithDiscountsTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant START = Instant.parse("2026-06-01T10:00:00Z");

  private static final String TARIFF =
      """
      {"currency":"CNY","elements":[{"price_components":[\
      {"type":"ENERGY","price":1,"vat":13,"step_size":1},\
      {"type":"SERVICE","price":0.5,"vat":6,"step_size":1}]}],\
      "occupancy":{"price":6,"vat":6,"step_size":60,"grace_seconds":600,"max_price":4}}\
      """;

  private static final String TERMS =
      """
      {"tier":{"id":3,"name":"金卡","discounts":[{"costs":["SERVICE"],"percent":20}],\
      "funder":"operator"},"coupons":[{"claim_id":77,"coupon_id":5,"name":"立减","kind":"AMOUNT",\
      "value":3,"funder":"platform"}]}\
      """;

  private static final TariffSnapshot SNAPSHOT =
      TariffSnapshot.of(
              1,
              1,
              TariffJson.read(TariffJson.readTree(TARIFF)),
              ZoneId.of("Asia/Shanghai"),
              RoundingMode.HALF_UP)
          .withTerms(DriverTerms.parse(TERMS));

  private static BillableSession session(String kwh) {
    Energy energy = Energy.ofWh(new BigDecimal(kwh).movePointRight(3));
    SessionFacts facts =
        new SessionFacts(
            List.of(
                Segment.of(START, START.plusSeconds(3600), SegmentState.CHARGING, energy),
                Segment.of(
                    START.plusSeconds(3600),
                    START.plusSeconds(7200),
                    SegmentState.PARKING,
                    Energy.ZERO)));
    return new BillableSession(
        1,
        1,
        1,
        1,
        "CP1",
        new EvseRef(1, 1),
        "1",
        7L,
        new IdToken("TAG1", "ISO14443"),
        null,
        START,
        START.plusSeconds(7200),
        Energy.ZERO,
        energy,
        energy,
        1,
        facts.toJson(),
        Pricing.price(SNAPSHOT, facts).payable());
  }

  private static BillMaker.Made.Billed made(BillableSession session) {
    return (BillMaker.Made.Billed) BillMaker.make(session, SNAPSHOT, 11, START);
  }

  @Test
  void lines_tellWhatWasTakenOffAndWhoBearsIt() {
    Bill bill = made(session("10")).bill();

    // 11.30 + 5.30 + 5.30 of occupancy cut to 4 net, less 1.06 for the tier, less 3.
    assertThat(bill.total().minor()).isEqualTo(1130 + 530 + 424 - 106 - 300);
    assertThat(bill.lines().stream().map(Bill.Line::dimension))
        .containsExactly("ENERGY", "SERVICE", "OCCUPANCY", "CEILING", "TIER", "COUPON", "COUPON");
    assertThat(bill.lines().stream().map(line -> String.valueOf(line.label())))
        .containsExactly("null", "null", "≥ 600 s", "OCCUPANCY ≤ 4", "金卡", "立减", "立减");
    assertThat(bill.lines().get(4).funder()).isEqualTo(Funder.OPERATOR);
    assertThat(bill.lines().get(5).funder()).isEqualTo(Funder.PLATFORM);
    assertThat(bill.lines().get(3).funder()).isNull();
    assertThat(bill.lines().stream().mapToLong(line -> line.total().minor()).sum())
        .isEqualTo(bill.total().minor());
  }

  @Test
  void journal_postsTheTaxOfWhatIsPaid() {
    BillMaker.Made.Billed made = made(session("10"));

    List<Posting> postings =
        BillMaker.journal(made.bill(), made.price().taxLines(), "CN").getFirst().postings();

    assertThat(postings.stream().mapToLong(Posting::minor).sum()).isZero();
    assertThat(made.price().taxLines()).hasSize(2);
    long paid = made.bill().total().minor();
    // 13 % and 6 % of what each rate still pays.
    assertThat(made.price().taxLines().getFirst().tax().minor())
        .isEqualTo(Math.round(130.0 * paid / (paid + 300)));
  }

  @Test
  void stored_linesAreReadBackAndPricedAgain() {
    BillableSession session = session("10");
    Bill bill = made(session).bill();
    SqlBillStore store = new SqlBillStore();
    DATABASE.transactor().run(tx -> store.insert(tx, List.of(bill), List.of()));

    Bill stored = DATABASE.transactor().call(tx -> store.ofSession(tx, null, 1)).orElseThrow();

    assertThat(Repricing.difference(stored, session, SNAPSHOT)).isEmpty();
    List<Bill.Line> forged = new ArrayList<>(stored.lines());
    Bill.Line tier = forged.get(4);
    forged.set(
        4,
        new Bill.Line(
            tier.dimension(),
            tier.element(),
            tier.from(),
            tier.to(),
            tier.volume(),
            tier.unitPrice(),
            tier.vatPercent(),
            tier.excl(),
            tier.tax(),
            tier.label(),
            Funder.PLATFORM));
    assertThat(Repricing.difference(stored.withLines(forged), session, SNAPSHOT))
        .isEqualTo(Optional.of("line 5 is not what it is when priced again"));
  }

  @Test
  void cdr_hasTheLinesLabelAndFunder() {
    BillableSession session = session("10");
    BillMaker.Made.Billed made = made(session);

    String json = new CdrBody(session, made.bill(), made.price(), SNAPSHOT, null).json();

    assertThat(json)
        .contains("\"label\":\"金卡\",\"funder\":\"operator\"")
        .contains("\"total_service_cost\"", "\"total_occupancy_cost\"");
  }
}
