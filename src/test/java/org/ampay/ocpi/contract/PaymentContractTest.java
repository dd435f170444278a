package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerJson;
import org.ampay.app.partner.PartnerSystem.Sent;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.junit.jupiter.api.Test;

/**
 * A service of card terminals (PTP, 2.3.0 Payments): it starts a session for a driver with a card,
 * takes the driver's money, says so, and owes it to us.
 */
class PaymentContractTest {

  /** A session that was started from a terminal and has ended. */
  record Paid(World world, Station16 station, String reference, JsonNode session)
      implements AutoCloseable {

    static Paid start(boolean ended) {
      World world = World.open(OcpiVersion.V2_3_0, "PTP");
      String site = World.site();
      Station16 station = Station16.online(World.at(site));
      station.plug(1);
      String reference = "CARD-" + world.partnerId();
      int transaction = started(world, station, site, reference);
      if (ended) {
        station.stop(transaction, uid(world), 5_000, "EVDisconnected");
        station.unplug(1);
      }
      JsonNode session = World.api().awaitSession(station, transaction, s -> !ended || isTried(s));
      return new Paid(world, station, reference, session);
    }

    /** Billed, and no longer pending: until then a confirmation is told to come again. */
    private static boolean isTried(JsonNode session) {
      return session.path("settlements").size() == 1
          && !List.of("none", "pending").contains(session.path("settlement_state").asText())
          && !session.at("/settlements/0/state").asText().equals("pending");
    }

    private static String uid(World world) {
      return "CARD" + world.partnerId();
    }

    private static int started(World world, Station16 station, String site, String reference) {
      JsonNode evse = world.location(site, 1).at("/evses/0");
      ObjectNode body = PartnerJson.object();
      body.set("token", world.partner().tokens().issue(uid(world), "AD_HOC_USER", "NEVER", true));
      body.put("location_id", site)
          .put("evse_uid", evse.path("uid").asText())
          .put("connector_id", evse.at("/connectors/0/id").asText())
          .put("authorization_reference", reference);
      station.answers("RemoteStartTransaction", "{\"status\": \"Accepted\"}");
      Sent sent = world.partner().command("START_SESSION", body);
      assertThat(sent.answer().done().path("result").asText()).isEqualTo("ACCEPTED");
      String idTag = station.awaitCall("RemoteStartTransaction").payload().path("idTag").asText();
      Eventually.await("the result", () -> world.partner().result(sent).isPresent());
      return station.started(1, idTag, 1_000);
    }

    ObjectNode advice(String id, String status, String net) {
      ObjectNode advice =
          PartnerJson.object()
              .put("id", id)
              .put("authorization_reference", reference)
              .put("currency", "CNY")
              .put("capture_status_code", status)
              .put("last_updated", "2026-11-01T08:00:00Z");
      advice.putObject("total_costs").put("before_taxes", new BigDecimal(net));
      advice.putArray("eft_data").add("VISA ****1234").add("AUTH 998877");
      return advice;
    }

    PartnerAnswer confirm(ObjectNode advice) {
      return world.partner().confirm(advice);
    }

    BigDecimal owed() {
      return Books.balance("roaming:" + world.partnerId());
    }

    String state() {
      return World.api()
          .get("/sessions/" + session.path("session_id").asText())
          .expect(200)
          .path("settlement_state")
          .asText();
    }

    @Override
    public void close() {
      station.close();
      world.close();
    }
  }

  @Test
  void aSessionFromATerminal_isPaidByWhatItsServiceConfirms_onceAndExactly() {
    try (Paid paid = Paid.start(true)) {
      assertThat(paid.state()).isEqualTo("debt");
      assertThat(paid.owed()).isEqualByComparingTo("0");
      ObjectNode cdr = paid.world().pull("cdrs", Map.of(), 1).getFirst();
      assertThat(cdr.path("authorization_reference").asText()).isEqualTo(paid.reference());
      assertThat(cdr.at("/cdr_token/type").asText()).isEqualTo("AD_HOC_USER");
      assertThat(PartnerPrice.told(cdr).gross()).isEqualByComparingTo("4.50");
      ObjectNode advice = paid.advice("FA-1", "SUCCESS", "4.50");
      assertThat(paid.confirm(advice).http()).isEqualTo(201);
      assertThat(paid.state()).isEqualTo("settled");
      assertThat(paid.owed()).isEqualByComparingTo("4.50");
      assertThat(Books.balance("receivable:" + paid.world().partnerId())).isEqualByComparingTo("0");
      // Its answer was lost: it is told again, and counts once.
      PartnerAnswer again = paid.confirm(advice);
      assertThat(again.http()).isEqualTo(200);
      assertThat(again.isDone()).isTrue();
      assertThat(paid.owed()).isEqualByComparingTo("4.50");
      assertThat(
              paid.world()
                  .read("payments", "RECEIVER", "financial-advice-confirmations", "FA-1")
                  .done())
          .isEqualTo(advice);
      assertThat(World.api().get("/ledger/trial-balance").expect(200).path("balanced").asBoolean())
          .isTrue();
      assertThat(paid.world().complaints()).isEmpty();
    }
  }

  @Test
  void aFailedCapture_leavesADebt_thatBetterNewsPay_inParts() {
    try (Paid paid = Paid.start(true)) {
      assertThat(paid.confirm(paid.advice("FA-1", "FAILED", "0")).http()).isEqualTo(201);
      assertThat(paid.state()).isEqualTo("debt");
      assertThat(paid.confirm(paid.advice("FA-1", "PARTIAL_SUCCESS", "3.00")).isDone()).isTrue();
      assertThat(paid.state()).isEqualTo("partial");
      assertThat(paid.owed()).isEqualByComparingTo("3.00");
      assertThat(paid.confirm(paid.advice("FA-2", "SUCCESS", "1.50")).http()).isEqualTo(201);
      assertThat(paid.state()).isEqualTo("settled");
      assertThat(paid.owed()).isEqualByComparingTo("4.50");
      assertThat(paid.world().complaints()).isEmpty();
    }
  }

  @Test
  void theSameConfirmationManyTimesAtOnce_paysOnce() throws Exception {
    try (Paid paid = Paid.start(true);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PartnerAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Callable<PartnerAnswer> call = () -> paid.confirm(paid.advice("FA-1", "SUCCESS", "4.50"));
        answers.add(executor.submit(call));
      }
      List<Integer> told = new ArrayList<>();
      for (Future<PartnerAnswer> answer : answers) {
        assertThat(answer.get().isDone()).as(answer.get().toString()).isTrue();
        told.add(answer.get().http());
      }
      assertThat(told).containsOnlyOnce(201);
      assertThat(paid.owed()).isEqualByComparingTo("4.50");
    }
  }

  @Test
  void whatIsWrong_isRefused_andMovesNothing() {
    try (Paid running = Paid.start(false);
        Paid paid = Paid.start(true);
        World other = World.open(OcpiVersion.V2_3_0, "PTP")) {
      assertThat(running.confirm(running.advice("FA-1", "SUCCESS", "4.50")).status())
          .as("it has no CDR yet")
          .isEqualTo(2002);
      assertThat(paid.confirm(paid.advice("FA-1", "SUCCESS", "4.51")).status()).isEqualTo(2001);
      assertThat(paid.confirm(paid.advice("FA-1", "SUCCESS", "4.505")).status()).isEqualTo(2001);
      assertThat(paid.confirm(paid.advice("FA-1", "SUCCESS", "-1")).status()).isEqualTo(2001);
      assertThat(paid.confirm(paid.advice("FA-1", "DONE", "4.50")).status()).isEqualTo(2001);
      assertThat(
              paid.confirm(paid.advice("FA-1", "SUCCESS", "4.50").put("currency", "EUR")).status())
          .isEqualTo(2001);
      ObjectNode unknown =
          paid.advice("FA-1", "SUCCESS", "4.50").put("authorization_reference", "NONE");
      assertThat(paid.confirm(unknown).status()).isEqualTo(2001);
      ObjectNode without = paid.advice("FA-1", "SUCCESS", "4.50");
      without.remove("eft_data");
      assertThat(paid.confirm(without).status()).isEqualTo(2001);
      assertThat(other.partner().confirm(paid.advice("FA-1", "SUCCESS", "4.50")).status())
          .as("a session of another service")
          .isEqualTo(2001);
      assertThat(paid.owed()).isEqualByComparingTo("0");
      assertThat(paid.state()).isEqualTo("debt");
      assertThat(Books.balance("roaming:" + other.partnerId())).isEqualByComparingTo("0");
    }
  }

  @Test
  void terminals_areToldReadAndOnlyTheirServices() {
    try (World world = World.open(OcpiVersion.V2_3_0, "PTP");
        World other = World.open(OcpiVersion.V2_3_0, "PTP")) {
      PartyRef party = world.partner().party();
      ObjectNode terminal =
          PartnerJson.object()
              .put("terminal_id", "T-" + Unique.token())
              .put("customer_reference", "Pole 7")
              .put("country_code", party.countryCode())
              .put("party_id", party.partyId())
              .put("address", "No. 1 Road")
              .put("city", "Shanghai")
              .put("postal_code", "200000")
              .put("country", "CHN")
              .put("invoice_base_url", "https://cards.example/invoices/")
              .put("invoice_creator", "PTP")
              .put("reference", "left")
              .put("last_updated", "2026-11-01T08:00:00Z");
      terminal.putObject("coordinates").put("latitude", "31.230400").put("longitude", "121.473700");
      assertThat(Facts.of(OcpiVersion.V2_3_0).check("Terminal", terminal, Strictness.SENT))
          .isEmpty();
      assertThat(world.partner().tell(terminal).http()).isEqualTo(201);
      String id = terminal.path("terminal_id").asText();
      assertThat(world.read("payments", "RECEIVER", "terminals", id).done()).isEqualTo(terminal);
      assertThat(other.read("payments", "RECEIVER", "terminals", id).http()).isEqualTo(404);
      ObjectNode bad = terminal.deepCopy().put("invoice_creator", "NOBODY");
      assertThat(world.partner().tell(bad).status()).isEqualTo(2001);
      assertThat(world.read("payments", "RECEIVER", "terminals", id).done()).isEqualTo(terminal);
      assertThat(world.complaints()).isEmpty();
    }
  }
}
