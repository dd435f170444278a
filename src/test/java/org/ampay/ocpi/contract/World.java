package org.ampay.ocpi.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerSettings;
import org.ampay.app.partner.PartnerSystem;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.ScenarioApi;
import org.ampay.conformance.ScenarioServer;
import org.ampay.conformance.Setup;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;

/** The real server and one partner in one version. */
final class World implements AutoCloseable {

  private static final AtomicInteger PARTIES = new AtomicInteger();
  private static final AtomicInteger SITES = new AtomicInteger();

  private final PartnerSystem partner;
  private final long partnerId;

  private World(PartnerSystem partner, long partnerId) {
    this.partner = partner;
    this.partnerId = partnerId;
  }

  static ScenarioServer server() {
    return ScenarioServer.shared();
  }

  static ScenarioApi api() {
    return server().api();
  }

  /** A party that nobody else is. */
  static PartyRef freshParty() {
    return new PartyRef("DE", String.format(Locale.ROOT, "%03d", PARTIES.incrementAndGet()));
  }

  static URI versionsUrl() {
    return api().base().resolve("/ocpi/versions");
  }

  /** An eMSP that offers these versions, started, and not registered. */
  static PartnerSystem stranger(OcpiVersion... versions) {
    return PartnerSystem.start(PartnerSettings.emsp(freshParty(), versions));
  }

  /** Invites a partner; the answer with {@code id} and {@code token_a}. */
  static JsonNode invite(PartnerSystem partner) {
    return invite(partner, "EMSP");
  }

  static JsonNode invite(PartnerSystem partner, String role) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("role", role);
    body.put("country_code", partner.party().countryCode());
    body.put("party_id", partner.party().partyId());
    body.put("name", partner.name());
    body.put("versions_url", partner.versionsUrl().toString());
    return api().post("/ocpi/parties", body).expect(201);
  }

  /** A registered eMSP of that version. */
  static World open(OcpiVersion version) {
    return open(version, "EMSP");
  }

  /** A registered partner of that role. */
  static World open(OcpiVersion version, String role) {
    PartnerSystem partner =
        PartnerSystem.start(PartnerSettings.emsp(freshParty(), version).as(role));
    JsonNode invitation = invite(partner, role);
    partner.register(versionsUrl(), invitation.path("token_a").asText());
    return new World(partner, invitation.path("id").asLong());
  }

  PartnerSystem partner() {
    return partner;
  }

  long partnerId() {
    return partnerId;
  }

  /** What the partner does not like. */
  List<String> complaints() {
    return partner.complaints().all();
  }

  /** A token of the partner that our server knows. */
  ObjectNode token(String whitelist) {
    ObjectNode token = partner.tokens().issue(Unique.token(), "RFID", whitelist, true);
    partner.push(token).done();
    return token;
  }

  /** A published site of the default operator with its address and point; its code. */
  static String site() {
    return site(api(), "CHN", "Asia/Shanghai");
  }

  /** The same at another server. */
  static String site(ScenarioApi api) {
    return site(api, "CHN", "Asia/Shanghai");
  }

  /** The same elsewhere. */
  static String site(String country, String zone) {
    return site(api(), country, zone);
  }

  private static String site(ScenarioApi api, String country, String zone) {
    String code = "OCPI-" + SITES.incrementAndGet();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", code);
    body.put("name", "Site " + code);
    body.put("address", "No. 1 Very Long Road Name Behind The Old Station, Building 7");
    body.put("city", "Shanghai");
    body.put("postal_code", "200000");
    body.put("country", country);
    body.put("latitude", 31.2304);
    body.put("longitude", 121.4737);
    body.put("time_zone", zone);
    body.put("published", true);
    api.post("/sites", body).expect(201);
    return code;
  }

  static Setup at(String site) {
    return Setup.on(server()).with("site", site);
  }

  /** A whole charge of 4 kWh, for 4.50, at a 1.6 station; the transaction id. */
  static int charge(Station16 station, String uid) {
    station.plug(1);
    int transaction = station.started(1, uid, 1_000);
    station.status(1, "Charging");
    station.meter(1, transaction, 3_000);
    station.stop(transaction, uid, 5_000, "Local");
    station.unplug(1);
    return transaction;
  }

  /** A whole charge of 4 kWh, for 4.50, at a 2.0.1 station; the transaction id. */
  static String charge(Station201 station, String uid) {
    String transaction = Unique.transaction();
    station.plug(1);
    station.started(transaction, 1, uid, 1_000);
    station.meter(transaction, 3_000);
    station.end(transaction, uid, 5_000);
    station.unplug(1);
    return transaction;
  }

  /** Pulls until that many are there: what follows from a fact comes a moment later. */
  List<ObjectNode> pull(String module, Map<String, String> query, int atLeast) {
    Eventually.await(module + " " + atLeast, () -> partner.pull(module, query).size() >= atLeast);
    return partner.pull(module, query);
  }

  /** All sessions, as soon as they are that many and completed: their ends come a moment later. */
  List<ObjectNode> completed(int number) {
    Map<String, String> ever = Map.of("date_from", "2020-01-01T00:00:00Z");
    Eventually.await(
        number + " completed sessions",
        () -> {
          List<ObjectNode> all = partner.pull("sessions", ever);
          return all.size() >= number
              && all.stream().allMatch(one -> one.path("status").asText().equals("COMPLETED"));
        });
    return partner.pull("sessions", ever);
  }

  /** A location, as soon as it has that many EVSEs: pictures of places are some seconds old. */
  ObjectNode location(String site, int evses) {
    Eventually.await(site, () -> one("locations", site).data().path("evses").size() == evses);
    return Wanted.find(partner.pull("locations", Map.of()), "id", site);
  }

  /** A location, as soon as it is told. */
  ObjectNode location(String site) {
    Eventually.await(site, () -> one("locations", site).isDone());
    return Wanted.find(partner.pull("locations", Map.of()), "id", site);
  }

  /** Reads one object of a module of which we are the sender. */
  PartnerAnswer one(String module, String... path) {
    return read(module, "SENDER", path);
  }

  /** Reads one object of a module of ours. */
  PartnerAnswer read(String module, String role, String... path) {
    return partner.caller().call("GET", module, role, List.of(path), null);
  }

  /** An object of the partner's books, as soon as it was pushed. */
  ObjectNode pushed(String module, String id) {
    Eventually.await(module + " " + id, () -> partner.books().find(module, id).isPresent());
    return partner.books().find(module, id).orElseThrow();
  }

  @Override
  public void close() {
    partner.close();
  }
}
