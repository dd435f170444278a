package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ampay.base.Money;
import org.ampay.conformance.FollowedWorld.Payer;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SessionFacts;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A session of each kind is followed from the station through the API, the console, the bill, the
 * CDR and the ledger: everywhere the same total to the minor unit, the one worked out by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowedSessionTest {

  static final List<FollowedKind> KINDS =
      List.of(
          FollowedKind.PLAIN,
          FollowedKind.CALENDAR,
          FollowedKind.OCCUPANCY,
          FollowedKind.MINIMUM,
          FollowedKind.MAXIMUM,
          FollowedKind.BENEFITS,
          FollowedKind.TAX_INCLUDED,
          FollowedKind.FREE,
          FollowedKind.BELOW,
          FollowedKind.NO_ENERGY,
          FollowedKind.RESERVATION,
          FollowedKind.YEN,
          FollowedKind.DINAR);

  /** Yesterday, 09:00 at the site. */
  private static final Instant START =
      Instant.now()
          .atZone(ZoneId.of("Asia/Shanghai"))
          .toLocalDate()
          .minusDays(1)
          .atTime(9, 0)
          .atZone(ZoneId.of("Asia/Shanghai"))
          .toInstant();

  private FollowedWorld world;

  @BeforeAll
  void start() {
    world = new FollowedWorld();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private static String at(int minute) {
    return START.plusSeconds(60L * minute).toString();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void session16_costsTheSameEverywhere(FollowedKind kind) {
    try (Station16 station = Station16.online(world.station(kind))) {
      station.answers("DataTransfer", "{\"status\": \"Accepted\"}");
      world.prices(station, kind);
      Payer payer = world.payer(kind);
      int reservation = reserved(station, kind, payer);
      int tx = begin(station, payer, reservation);
      station.meter(1, tx, kind.registers()[0], at(30));
      station.meter(1, tx, kind.registers()[1], at(60));
      station.ok(
          "StatusNotification",
          """
          {"connectorId": 1, "status": "SuspendedEV", "errorCode": "NoError", "timestamp": "%s"}
          """
              .formatted(at(60)));
      station.stop(tx, payer.token(), kind.registers()[1], "Local", at(80));
      assertThat(finalCost(station)).isEqualByComparingTo(decimal(kind));
      follow(kind, payer, station, Integer.toString(tx));
    }
  }

  /** While it runs the console shows what it costs so far, and where it is to stop. */
  @Test
  void runningSession_isShownWithItsCostAndLimits() {
    FollowedKind kind = FollowedKind.PLAIN;
    try (Station16 station = Station16.online(world.station(kind))) {
      station.answers("DataTransfer", "{\"status\": \"Accepted\"}");
      world.prices(station, kind);
      Payer payer = world.payer(kind);
      int tx = begin(station, payer, 0);
      station.meter(1, tx, 7_250, at(30));
      JsonNode session = world.api.session(station, tx);
      assertThat(session.at("/cost_so_far/minor").asLong()).isEqualTo(775);
      String path = "/sessions/" + session.path("session_id").asLong();
      world.api.put(path + "/limits", "{\"amount\": {\"minor\": 98765}}").expect(200);
      assertThat(world.page("CNY", path))
          .contains("Cost so far")
          .contains("¥7.75")
          .contains("Stops at")
          .contains("¥987.65");
    }
  }

  private int begin(Station16 station, Payer payer, int reservation) {
    ObjectNode start = ScenarioApi.JSON.createObjectNode();
    start.put("connectorId", 1).put("idTag", payer.token()).put("meterStart", 0);
    start.put("timestamp", at(0));
    if (reservation > 0) {
      start.put("reservationId", reservation);
    }
    JsonNode answer = station.ok("StartTransaction", start);
    assertThat(answer.at("/idTagInfo/status").asText()).isEqualTo("Accepted");
    return answer.path("transactionId").asInt();
  }

  private static BigDecimal finalCost(Station16 station) {
    while (true) {
      JsonNode told = station.awaitCall("DataTransfer").payload();
      if (told.path("messageId").asText().equals("FinalCost")) {
        return ScenarioApi.tree(told.path("data").asText()).path("cost").decimalValue();
      }
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void session201_costsTheSameEverywhere(FollowedKind kind) {
    try (Station201 station = Station201.online(world.station(kind))) {
      station.answers("CostUpdated", "{}");
      world.prices(station, kind);
      Payer payer = world.payer(kind);
      int reservation = reserved(station, kind, payer);
      String tx = Unique.token();
      Event201 first = Event201.started(tx, "Authorized").at(at(0)).evse(1).token(payer.token());
      first = first.state("Charging").meter(0);
      station.event(reservation > 0 ? first.with("reservationId", reservation) : first).payload();
      for (int i = 0; i < 2; i++) {
        Event201 reading = Event201.updated(tx, "MeterValuePeriodic").at(at(30 * (i + 1)));
        station.event(reading.meter(kind.registers()[i])).payload();
      }
      station
          .event(Event201.updated(tx, "ChargingStateChanged").at(at(60)).state("SuspendedEV"))
          .payload();
      Event201 end = Event201.ended(tx, "StopAuthorized", "Local").at(at(80));
      JsonNode ended = station.event(end.token(payer.token()).meter(kind.registers()[1])).payload();
      assertThat(ended.path("totalCost").decimalValue()).isEqualByComparingTo(decimal(kind));
      assertThat(lastCost(station, decimal(kind))).isEqualByComparingTo(decimal(kind));
      follow(kind, payer, station, tx);
    }
  }

  /** What CostUpdated says in the end. */
  private static BigDecimal lastCost(Station201 station, BigDecimal wanted) {
    BigDecimal told = station.awaitCall("CostUpdated").payload().path("totalCost").decimalValue();
    while (told.compareTo(wanted) != 0 || station.waitingCalls("CostUpdated") > 0) {
      told = station.awaitCall("CostUpdated").payload().path("totalCost").decimalValue();
    }
    return told;
  }

  private int reserved(ScenarioStation station, FollowedKind kind, Payer payer) {
    if (kind != FollowedKind.RESERVATION) {
      return 0;
    }
    station.answers("ReserveNow", "{\"status\": \"Accepted\"}");
    JsonNode made =
        world
            .api
            .post(
                "/stations/" + station.identity() + "/reservations",
                Map.of(
                    "evse", 1,
                    "token", payer.token(),
                    "until", Instant.now().plusSeconds(1_800).toString()))
            .expect(201);
    return made.path("reservation_id").asInt();
  }

  private static BigDecimal decimal(FollowedKind kind) {
    return new Money(kind.currency(), kind.minor()).toDecimal();
  }

  private void follow(FollowedKind kind, Payer payer, ScenarioStation station, String tx) {
    // A session that is paid was unpaid before: an early answer says "none" as well.
    String paid = kind.minor() == 0 ? "none" : "settled";
    JsonNode session =
        world.api.awaitSession(
            station,
            tx,
            s -> !s.path("bills").isEmpty() && s.path("settlement_state").asText().equals(paid));
    assertThat(session.path("state").asText()).isEqualTo("finished");
    assertThat(session.at("/total/minor").asLong()).isEqualTo(kind.minor());
    assertThat(session.at("/total/currency").asText()).isEqualTo(kind.currency());
    bill(kind, session);
    sameFacts(kind, session);
    cdr(kind, session);
    ledger(kind, session, payer);
    assertThat(world.page(kind.currency(), "/sessions/" + session.path("session_id").asLong()))
        .contains(shown(kind));
    if (kind == FollowedKind.BENEFITS) {
      assertThat(session.path("bill_lines").findValuesAsText("dimension"))
          .contains("TIER", "COUPON", "POINTS");
    }
  }

  private static void bill(FollowedKind kind, JsonNode session) {
    JsonNode bill = session.at("/bills/0");
    assertThat(session.path("bills")).hasSize(1);
    assertThat(bill.at("/total/minor").asLong()).isEqualTo(kind.minor());
    assertThat(bill.at("/tax/minor").asLong()).isEqualTo(kind.tax());
    assertThat(bill.at("/excl/minor").asLong()).isEqualTo(kind.minor() - kind.tax());
    long total = 0;
    long tax = 0;
    for (JsonNode line : session.path("bill_lines")) {
      total += line.at("/total/minor").asLong();
      tax += line.at("/tax/minor").asLong();
    }
    assertThat(total).isEqualTo(kind.minor());
    assertThat(tax).isEqualTo(kind.tax());
  }

  /** The stored facts and the frozen tariff, priced once more by whoever wants to. */
  private void sameFacts(FollowedKind kind, JsonNode session) {
    JsonNode snapshot = session.path("tariff_snapshot");
    ObjectNode body = ScenarioApi.JSON.createObjectNode();
    body.set("tariff", snapshot.at("/tariffs/0"));
    if (snapshot.has("terms")) {
      body.set("terms", snapshot.path("terms"));
    }
    ObjectNode facts = body.putObject("session");
    facts.put("time_zone", snapshot.path("time_zone").asText());
    ArrayNode segments = facts.putArray("segments");
    for (Segment segment : SessionFacts.parse(facts(session)).segments()) {
      segments
          .addObject()
          .put("from", segment.from().toString())
          .put("to", segment.to().toString())
          .put("state", segment.state().name())
          .put("kwh", segment.kwh());
    }
    JsonNode priced = world.api.post("/tariffs/price", body).expect(200);
    assertThat(new BigDecimal(priced.at("/rounded/incl").asText()))
        .isEqualByComparingTo(decimal(kind));
  }

  private DSLContext database() {
    return world.server.server().foundation().database().dsl();
  }

  private String facts(JsonNode session) {
    return String.valueOf(
        database()
            .fetchValue(
                "SELECT price_facts FROM charging_session WHERE id = ?",
                session.path("session_id").asLong()));
  }

  private void cdr(FollowedKind kind, JsonNode session) {
    String body =
        String.valueOf(
            database()
                .fetchValue(
                    "SELECT body FROM cdr WHERE bill_id = ?", session.at("/bills/0/id").asLong()));
    JsonNode total = ScenarioApi.tree(body).path("total");
    assertThat(total.path("incl_minor").asLong()).isEqualTo(kind.minor());
    assertThat(total.path("tax_minor").asLong()).isEqualTo(kind.tax());
    assertThat(total.path("excl_minor").asLong()).isEqualTo(kind.minor() - kind.tax());
  }

  /** What the driver owed, and what is left in the wallet. */
  private void ledger(FollowedKind kind, JsonNode session, Payer payer) {
    Object owed =
        database()
            .fetchValue(
                """
                SELECT COALESCE(SUM(p.amount_minor), 0) FROM posting p
                JOIN journal j ON j.id = p.journal_id JOIN account a ON a.id = p.account_id
                WHERE j.journal_key = ? AND a.code = ?
                """,
                "bill:" + session.at("/bills/0/id").asLong(),
                "receivable:" + payer.driver());
    assertThat(((Number) owed).longValue()).isEqualTo(kind.minor());
    JsonNode wallet = world.api.get("/drivers/" + payer.driver() + "/wallet").expect(200);
    assertThat(wallet.at("/balance/minor").asLong()).isEqualTo(Payer.WALLET - kind.minor());
    assertThat(wallet.at("/held/minor").asLong()).isZero();
  }

  private static String shown(FollowedKind kind) {
    int digits = Money.exponent(kind.currency());
    String amount = String.format(Locale.ROOT, "%,." + digits + "f", decimal(kind));
    return kind.currency().equals("KWD") ? amount + " KWD" : "¥" + amount;
  }
}
