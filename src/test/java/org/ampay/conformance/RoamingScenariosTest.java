package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.ampay.app.Foundation;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartnerBook;
import org.ampay.store.tables.Tables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions of a partner's token, from the station's messages to what the partner owes. */
class RoamingScenariosTest {

  private static ScenarioServer server;
  private static ScenarioApi api;

  @BeforeAll
  static void start() {
    server = ScenarioServer.start(Map.of());
    api = server.api();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A partner with whom the handshake was done. */
  private static long partner(String party) {
    long id =
        api.post(
                "/ocpi/parties",
                Map.of("role", "EMSP", "country_code", "DE", "party_id", party, "name", party))
            .expect(201)
            .path("id")
            .asLong();
    PartnerBook partners = server.server().partners();
    partners.change(
        id,
        old ->
            new PartnerBook.Change(
                old.partner().speaking(OcpiVersion.V2_2_1, List.of(), List.of()), old.tokens()),
        tx -> {});
    return id;
  }

  /** A token as the partner would have put it. */
  private static String token(long partner) {
    String uid = Unique.token();
    Foundation on = server.server().foundation();
    on.database()
        .dsl()
        .insertInto(Tables.ID_TOKEN)
        .set(Tables.ID_TOKEN.ID, on.ids().next())
        .set(Tables.ID_TOKEN.OPERATOR_ID, 1L)
        .set(Tables.ID_TOKEN.UID, uid)
        .set(Tables.ID_TOKEN.UID_KEY, uid.toLowerCase(java.util.Locale.ROOT))
        .set(Tables.ID_TOKEN.TYPE, "ISO14443")
        .set(Tables.ID_TOKEN.DRIVER_ID, partner)
        .set(Tables.ID_TOKEN.BLOCKED, false)
        .set(Tables.ID_TOKEN.MAX_CONCURRENT, 10)
        .set(Tables.ID_TOKEN.CREATED_AT, on.time().now())
        .execute();
    return uid;
  }

  private static JsonNode session(Station16 station, String token, int wh) {
    station.plug(1);
    assertThat(station.authorize(token)).isEqualTo("Accepted");
    int transaction = station.started(1, token, 1_000);
    station.stop(transaction, token, 1_000 + wh, "Local");
    station.unplug(1);
    return api.awaitSession(
        station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
  }

  private static long owed(long partner) {
    return api.get("/ocpi/parties/" + partner + "/account").expect(200).at("/owed/minor").asLong();
  }

  @Test
  void session_isPricedWholesale_settledWithoutAWallet_andOwedByThePartner() {
    long emp = partner("EMP");
    String token = token(emp);
    try (Station16 station = Station16.online(Setup.on(server))) {
      JsonNode retail = session(station, token, 5_000);
      assertThat(retail.at("/total/minor").asLong()).isEqualTo(550); // no wholesale price yet
      assertThat(owed(emp)).isEqualTo(550);
      api.assign(api.tariff("0.40", "0"), "partner", emp);
      JsonNode wholesale = session(station, token, 5_000);
      assertThat(wholesale.at("/total/minor").asLong()).isEqualTo(200);
      assertThat(owed(emp)).isEqualTo(750);
      String own = api.token();
      assertThat(session(station, own, 5_000).at("/total/minor").asLong()).isEqualTo(550);
      assertThat(owed(emp)).isEqualTo(750);
      JsonNode lines = api.get("/ocpi/parties/" + emp + "/statement").expect(200).path("lines");
      assertThat(lines).hasSize(2);
      assertThat(lines.get(1).path("session").asLong())
          .isEqualTo(wholesale.path("session_id").asLong());
    }
  }

  @Test
  void partnerThatOwesMoreThanItMay_startsNothing() {
    long poor = partner("POR");
    String token = token(poor);
    try (Station16 station = Station16.online(Setup.on(server))) {
      session(station, token, 5_000);
      api.put("/ocpi/parties/" + poor + "/credit-limit", Map.of("minor", 100)).expect(200);
      station.plug(1);
      assertThat(station.authorize(token)).isNotEqualTo("Accepted");
      assertThat(station.start(1, token, 9_000).at("/idTagInfo/status").asText())
          .isNotEqualTo("Accepted");
      api.put("/ocpi/parties/" + poor + "/credit-limit", Map.of("minor", 0)).expect(200);
      assertThat(station.authorize(token)).isEqualTo("Accepted");
    }
  }
}
