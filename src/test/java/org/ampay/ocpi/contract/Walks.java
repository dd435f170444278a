package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerJson;
import org.ampay.app.partner.PartnerSystem;
import org.ampay.app.partner.PartnerSystem.Sent;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;

/** How each endpoint is walked, by {@link Endpoint#key}. */
final class Walks {

  private static final String THEIRS =
      "/{country_code}/{party_id}/{location_id}[/{evse_uid}[/{connector_id}]]";

  private Walks() {}

  static Map<String, Consumer<Stage>> all() {
    Map<String, Consumer<Stage>> walks = new LinkedHashMap<>();
    connection(walks);
    pulls(walks);
    pushes(walks);
    tokens(walks);
    commands(walks);
    profiles(walks);
    others(walks);
    payments(walks);
    return walks;
  }

  /** What is optional and not for a CPO of our kind, or not called by us, and why. */
  static Map<String, String> notWalked() {
    String whole = "we tell sessions whole, by PUT";
    String bookings = "an optional module that we do not offer";
    String invoices = "we are asked for it, we do not push it";
    String terminals = "services tell us of their terminals; we only assign them";
    Map<String, String> not = new LinkedHashMap<>();
    not.put("sessions RECEIVER PATCH {sessions}/{country_code}/{party_id}/{session_id}", whole);
    not.put("hubclientinfo SENDER GET {hubclientinfo}?..", "a hub tells us by PUT");
    not.put(
        "chargingprofiles SENDER PUT {chargingprofiles}/{session_id}",
        "an active profile is told when it is asked for");
    for (String path :
        List.of(
            "POST {invoicereconciliation}",
            "GET {invoicereconciliation}/{country_code}/{party_id}/{id}",
            "PUT {invoicereconciliation}/{country_code}/{party_id}/{id}",
            "DELETE {invoicereconciliation}/{country_code}/{party_id}/{id}")) {
      not.put("invoicereconciliation RECEIVER " + path, invoices);
    }
    for (String path :
        List.of(
            "GET {payments}/terminals?..",
            "GET {payments}/terminals/{terminal_id}",
            "PUT {payments}/terminals/{terminal_id}",
            "POST {payments}/terminals/activate",
            "POST {payments}/terminals/{terminal_id}/deactivate",
            "GET {payments}/financial-advice-confirmations?..",
            "GET {payments}/financial-advice-confirmations/{id}")) {
      not.put("payments SENDER " + path, terminals);
    }
    Endpoint.all(OcpiVersion.V2_3_0).stream()
        .filter(endpoint -> endpoint.module().equals("bookings"))
        .forEach(endpoint -> not.put(endpoint.key(), bookings));
    return not;
  }

  private static void connection(Map<String, Consumer<Stage>> walks) {
    walks.put(
        "versions GET {versions_url}",
        stage -> {
          JsonNode versions =
              Raw.of(stage.world).call("GET", World.versionsUrl(), "versions", "").done();
          assertThat(versions.findValuesAsText("version")).contains(stage.version.wire());
          versions.forEach(
              one -> {
                String wire = one.path("version").asText();
                Wanted.has(OcpiVersion.of(wire).orElseThrow(), "Version", one);
              });
        });
    walks.put(
        "versions GET {version.url}",
        stage -> {
          URI url =
              URI.create(World.versionsUrl().toString().replace("versions", stage.version.wire()));
          JsonNode details = Raw.of(stage.world).call("GET", url, "versions", "").done();
          Wanted.has(stage.version, "VersionDetails", details);
          details.path("endpoints").forEach(one -> Wanted.has(stage.version, "Endpoint", one));
        });
    walks.put(
        "credentials GET {credentials}",
        stage -> {
          JsonNode ours = stage.world.one("credentials").done();
          Wanted.has(stage.version, "Credentials", ours);
          assertThat(ours.at("/roles/0/role").asText()).isEqualTo("CPO");
        });
    walks.put("credentials POST {credentials}", stage -> connected(stage, partner -> {}));
    walks.put("credentials PUT {credentials}", stage -> connected(stage, PartnerSystem::update));
    walks.put(
        "credentials DELETE {credentials}",
        stage -> {
          try (PartnerSystem partner = World.stranger(stage.version)) {
            partner.register(World.versionsUrl(), World.invite(partner).path("token_a").asText());
            partner.unregister();
            assertThat(partner.isConnected()).isFalse();
            assertThat(partner.complaints().all()).isEmpty();
          }
        });
  }

  /** Registers a partner, which checks our Credentials, and does more. */
  private static void connected(Stage stage, Consumer<PartnerSystem> more) {
    try (PartnerSystem partner = World.stranger(stage.version)) {
      partner.register(World.versionsUrl(), World.invite(partner).path("token_a").asText());
      more.accept(partner);
      assertThat(partner.isConnected()).isTrue();
      assertThat(partner.caller().call("GET", "credentials", "SENDER", List.of(), null).isDone())
          .isTrue();
    }
  }

  private static void pulls(Map<String, Consumer<Stage>> walks) {
    walks.put(
        "locations SENDER GET {locations}?..",
        stage -> {
          stage.world.location(stage.charged.site(), 3);
          stage.has("Location", stage.list("locations"), "name", "postal_code", "operator");
        });
    walks.put(
        "locations SENDER GET {locations}/{location_id}[/{evse_uid}[/{connector_id}]]",
        stage -> {
          ObjectNode location = stage.world.location(stage.charged.site(), 3);
          String site = stage.charged.site();
          Wanted.has(stage.version, "Location", stage.world.one("locations", site).done());
          for (JsonNode evse : location.path("evses")) {
            String uid = evse.path("uid").asText();
            JsonNode one = stage.world.one("locations", site, uid).done();
            Wanted.has(stage.version, "EVSE", one, "evse_id", "capabilities", "connectors");
            for (JsonNode connector : evse.path("connectors")) {
              String id = connector.path("id").asText();
              Wanted.has(
                  stage.version,
                  "Connector",
                  stage.world.one("locations", site, uid, id).done(),
                  "tariff_ids");
            }
          }
        });
    walks.put(
        "sessions SENDER GET {sessions}?..",
        stage ->
            stage.has(
                "Session",
                stage.list("sessions"),
                "end_date_time",
                "charging_periods",
                "total_cost"));
    walks.put(
        "cdrs SENDER GET {cdrs}?..",
        stage ->
            stage.has(
                "CDR",
                stage.list("cdrs"),
                "session_id",
                "tariffs",
                "total_energy_cost",
                "total_fixed_cost"));
    walks.put(
        "tariffs SENDER GET {tariffs}?..", stage -> stage.has("Tariff", stage.list("tariffs")));
    walks.put(
        "sessions SENDER PUT {sessions}/{session_id}/charging_preferences",
        stage -> {
          List<String> path = List.of(stage.charged.id16(), "charging_preferences");
          JsonNode wish = PartnerJson.object().put("profile_type", "REGULAR");
          PartnerAnswer answer =
              stage.world.partner().caller().call("PUT", "sessions", "SENDER", path, wish);
          assertThat(answer.done().asText()).isEqualTo("NOT_POSSIBLE"); // it is over
        });
  }

  private static void pushes(Map<String, Consumer<Stage>> walks) {
    walks.put(
        "locations RECEIVER PUT {locations}" + THEIRS,
        stage -> stage.came("PUT", stage.ours("locations")));
    walks.put(
        "locations RECEIVER PATCH {locations}" + THEIRS,
        stage -> {
          stage.world.location(stage.charged.site(), 3);
          stage.charged.station201().status(2, 1, "Unavailable");
          stage.came("PATCH", stage.ours("locations"));
        });
    walks.put(
        "locations RECEIVER GET {locations}" + THEIRS,
        stage -> compared(stage, stage.ours("locations")));
    String session = "{sessions}/{country_code}/{party_id}/{session_id}";
    walks.put(
        "sessions RECEIVER PUT " + session,
        stage -> stage.came("PUT", stage.ours("sessions") + stage.charged.id16()));
    walks.put("sessions RECEIVER GET " + session, stage -> compared(stage, stage.ours("sessions")));
    walks.put("cdrs RECEIVER POST {cdrs}", stage -> stage.came("POST", "cdrs"));
    walks.put(
        "cdrs RECEIVER GET URL from that Location header", stage -> compared(stage, "cdrs/kept/"));
    String tariff = "{tariffs}/{country_code}/{party_id}/{tariff_id}";
    walks.put("tariffs RECEIVER PUT " + tariff, stage -> stage.came("PUT", stage.ours("tariffs")));
    walks.put("tariffs RECEIVER GET " + tariff, stage -> compared(stage, stage.ours("tariffs")));
    walks.put(
        "tariffs RECEIVER DELETE " + tariff,
        stage -> {
          long first = World.api().tariff("2.11", "0.10");
          World.api().assign(first, "site", stage.charged.site());
          stage.came("PUT", stage.ours("tariffs") + first + "-1");
          long second = World.api().tariff("2.12", "0.10");
          World.api().assign(second, "site", stage.charged.site());
          stage.came("DELETE", stage.ours("tariffs") + first + "-1");
        });
  }

  /** The partner is asked what it has. */
  private static void compared(Stage stage, String path) {
    stage.came("POST", "cdrs");
    World.api().post("/ocpi/parties/" + stage.world.partnerId() + "/compare", "{}");
    // Some are what the partner does not have: they are asked for to find that out.
    Eventually.await(
        "GET " + path, () -> !stage.world.partner().books().calls("GET", path).isEmpty());
  }

  private static void tokens(Map<String, Consumer<Stage>> walks) {
    String path = "{tokens}/{country_code}/{party_id}/{token_uid}[?type=RFID]";
    walks.put(
        "tokens RECEIVER GET " + path,
        stage -> {
          JsonNode ours = stage.token("GET", PartnerJson.object()).done();
          Wanted.has(stage.version, "Token", ours);
          assertThat(ours.path("uid")).isEqualTo(stage.charged.token().path("uid"));
        });
    walks.put(
        "tokens RECEIVER PUT " + path,
        stage -> {
          ObjectNode token = stage.freshToken();
          assertThat(stage.world.partner().push(token).http()).isEqualTo(201);
          assertThat(stage.world.partner().push(token).http()).isEqualTo(200);
        });
    walks.put(
        "tokens RECEIVER PATCH " + path,
        stage -> {
          ObjectNode change =
              PartnerJson.object()
                  .put("language", "nl")
                  .put("last_updated", PartnerJson.time(Instant.now()));
          assertThat(stage.token("PATCH", change).isDone()).isTrue();
          assertThat(stage.token("GET", PartnerJson.object()).done().path("language").asText())
              .isEqualTo("nl");
        });
    walks.put(
        "tokens SENDER GET {tokens}?..",
        stage -> {
          World.api()
              .post("/ocpi/parties/" + stage.world.partnerId() + "/refresh", "{}")
              .expect(200);
          stage.came("GET", "tokens");
        });
    walks.put(
        "tokens SENDER POST {tokens}/{token_uid}/authorize[?type=RFID]",
        stage -> {
          String uid = stage.world.token("NEVER").path("uid").asText();
          assertThat(stage.free.authorize(uid)).isEqualTo("Accepted");
          stage.came("POST", "tokens/" + uid + "/authorize");
        });
  }

  private static void commands(Map<String, Consumer<Stage>> walks) {
    walks.put(
        "commands RECEIVER POST {commands}/{CommandType}",
        stage -> {
          PartnerSystem partner = stage.world.partner();
          stage.free.answers("ReserveNow", "{\"status\": \"Accepted\"}");
          stage.free.answers("CancelReservation", "{\"status\": \"Accepted\"}");
          stage.free.answers("UnlockConnector", "{\"status\": \"Unlocked\"}");
          stage.free.answers("RemoteStartTransaction", "{\"status\": \"Accepted\"}");
          stage.free.answers("RemoteStopTransaction", "{\"status\": \"Accepted\"}");
          String reservation = "R" + Unique.token();
          ObjectNode reserve = stage.place();
          reserve.remove("connector_id");
          reserve.put("reservation_id", reservation);
          reserve.put("expiry_date", PartnerJson.time(Instant.now().plus(Duration.ofHours(1))));
          reserve.set("token", stage.freshToken());
          stage.accepted(partner.command("RESERVE_NOW", reserve));
          stage.accepted(
              partner.command(
                  "CANCEL_RESERVATION", PartnerJson.object().put("reservation_id", reservation)));
          stage.accepted(partner.command("UNLOCK_CONNECTOR", stage.place()));
          ObjectNode start = stage.place();
          start.set("token", stage.freshToken());
          stage.accepted(partner.command("START_SESSION", start));
          String idTag =
              stage.free.awaitCall("RemoteStartTransaction").payload().path("idTag").asText();
          int transaction = stage.free.started(1, idTag, 1_000);
          String id = World.api().session(stage.free, transaction).path("session_id").asText();
          stage.accepted(
              partner.command("STOP_SESSION", PartnerJson.object().put("session_id", id)));
          stage.free.stop(transaction, idTag, 1_500, "Remote");
        });
    walks.put(
        "commands SENDER POST response_url",
        stage -> {
          stage.free.answers("UnlockConnector", "{\"status\": \"Unlocked\"}");
          Sent sent = stage.world.partner().command("UNLOCK_CONNECTOR", stage.place());
          Wanted.has(stage.version, "CommandResult", stage.accepted(sent));
        });
  }

  private static void profiles(Map<String, Consumer<Stage>> walks) {
    String path = "{chargingprofiles}/{session_id}";
    walks.put(
        "chargingprofiles RECEIVER PUT " + path, stage -> running(stage, id -> set(stage, id)));
    walks.put(
        "chargingprofiles RECEIVER GET " + path + "?duration=&response_url=",
        stage ->
            running(
                stage,
                id -> {
                  Sent sent = profile(stage, "GET", id, "ActiveChargingProfileResult", null, "600");
                  assertThat(sent.answer().done().path("result").asText()).isEqualTo("ACCEPTED");
                  stage.came("POST", "chargingprofiles/results/ActiveChargingProfileResult");
                }));
    walks.put(
        "chargingprofiles RECEIVER DELETE " + path + "?response_url=",
        stage ->
            running(
                stage,
                id -> {
                  set(stage, id);
                  stage.accepted(profile(stage, "DELETE", id, "ClearProfileResult", null, ""));
                }));
    walks.put(
        "chargingprofiles SENDER POST response_url",
        stage -> stage.came("POST", "chargingprofiles/results/"));
  }

  private static void set(Stage stage, String id) {
    ObjectNode profile = PartnerJson.object().put("charging_rate_unit", "A");
    profile.putArray("charging_profile_period").addObject().put("start_period", 0).put("limit", 10);
    stage.accepted(profile(stage, "PUT", id, "ChargingProfileResult", profile, ""));
  }

  private static Sent profile(
      Stage stage, String method, String id, String kind, ObjectNode profile, String seconds) {
    return stage.world.partner().profile(method, id, kind, Optional.ofNullable(profile), seconds);
  }

  /** With a session that runs at the free station. */
  private static void running(Stage stage, Consumer<String> work) {
    stage.free.answers("SetChargingProfile", "{\"status\": \"Accepted\"}");
    stage.free.answers("ClearChargingProfile", "{\"status\": \"Accepted\"}");
    stage.free.answers("GetCompositeSchedule", "{\"status\": \"Rejected\"}");
    String uid = stage.charged.token().path("uid").asText();
    stage.free.plug(1);
    int transaction = stage.free.started(1, uid, 1_000);
    work.accept(World.api().session(stage.free, transaction).path("session_id").asText());
    stage.free.stop(transaction, uid, 1_500, "Local");
    stage.free.unplug(1);
  }

  private static void others(Map<String, Consumer<Stage>> walks) {
    ObjectNode info =
        PartnerJson.object()
            .put("party_id", "ABC")
            .put("country_code", "NL")
            .put("role", "EMSP")
            .put("status", "CONNECTED")
            .put("last_updated", "2026-03-02T08:00:00Z");
    List<String> path = List.of("NL", "ABC");
    walks.put(
        "hubclientinfo RECEIVER PUT {hubclientinfo}/{country_code}/{party_id}",
        stage ->
            assertThat(
                    stage
                        .hub
                        .partner()
                        .caller()
                        .call("PUT", "hubclientinfo", "RECEIVER", path, info)
                        .isDone())
                .isTrue());
    walks.put(
        "hubclientinfo RECEIVER GET {hubclientinfo}/{country_code}/{party_id}",
        stage -> {
          stage.hub.partner().caller().call("PUT", "hubclientinfo", "RECEIVER", path, info).done();
          JsonNode told = stage.hub.read("hubclientinfo", "RECEIVER", "NL", "ABC").done();
          Wanted.has(stage.version, "ClientInfo", told);
          assertThat(told).isEqualTo(info);
        });
    walks.put(
        "invoicereconciliation SENDER GET {invoicereconciliation}?..",
        // Records with content: ReconciliationContractTest, which lets a month pass.
        stage ->
            assertThat(stage.world.partner().pull("invoicereconciliation", Map.of())).isEmpty());
  }

  private static void payments(Map<String, Consumer<Stage>> walks) {
    walks.put("payments RECEIVER POST {payments}/terminals", Walks::terminal);
    walks.put(
        "payments RECEIVER GET {payments}/terminals/{terminal_id}",
        stage -> {
          String id = terminal(stage);
          JsonNode told = stage.cards.read("payments", "RECEIVER", "terminals", id).done();
          Wanted.has(stage.version, "Terminal", told, "reference");
        });
    walks.put(
        "payments SENDER PATCH {payments}/terminals/{terminal_id}",
        stage -> {
          String id = terminal(stage);
          String site = stage.charged.site();
          World.api()
              .patch(
                  "/ocpi/parties/" + stage.cards.partnerId() + "/terminals/" + id,
                  Map.of("location_ids", List.of(site)))
              .expect(200);
          assertThat(stage.cards.partner().books().calls("PATCH", "payments/terminals/" + id))
              .isNotEmpty();
          JsonNode told = stage.cards.read("payments", "RECEIVER", "terminals", id).done();
          assertThat(told.at("/location_ids/0").asText()).isEqualTo(site);
        });
    walks.put("payments RECEIVER POST {payments}/financial-advice-confirmations", Walks::confirmed);
    walks.put(
        "payments RECEIVER GET {payments}/financial-advice-confirmations/{id}", Walks::confirmed);
  }

  private static String terminal(Stage stage) {
    String id = "T-" + Unique.token();
    ObjectNode terminal =
        PartnerJson.object()
            .put("terminal_id", id)
            .put("reference", "left")
            .put("last_updated", "2026-11-01T08:00:00Z");
    assertThat(stage.cards.partner().tell(terminal).http()).isEqualTo(201);
    return id;
  }

  private static void confirmed(Stage stage) {
    try (PaymentContractTest.Paid paid = PaymentContractTest.Paid.start(true)) {
      ObjectNode advice = paid.advice("FA-" + Unique.token(), "SUCCESS", "4.50");
      assertThat(paid.confirm(advice).http()).isEqualTo(201);
      JsonNode told =
          paid.world()
              .read(
                  "payments",
                  "RECEIVER",
                  "financial-advice-confirmations",
                  advice.path("id").asText())
              .done();
      Wanted.has(stage.version, "FinancialAdviceConfirmation", told);
      assertThat(told).isEqualTo(advice);
    }
  }
}
