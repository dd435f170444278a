package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerJson;
import org.ampay.app.partner.PartnerSystem.Sent;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;

/**
 * What endpoints are walked with, in one version: an eMSP whose driver charged, a hub, a service of
 * terminals, and a station that is free.
 */
final class Stage implements AutoCloseable {

  final OcpiVersion version;
  final Charged charged;
  final World world;
  final World hub;
  final World cards;
  final Station16 free;
  private final String site;

  Stage(OcpiVersion version) {
    this.version = version;
    this.charged = Charged.in(version);
    this.world = charged.world();
    this.hub = World.open(version, "HUB");
    this.cards = World.open(version, "PTP");
    this.site = World.site();
    this.free = Station16.online(World.at(site));
    free.status(1, "Available");
  }

  List<ObjectNode> list(String module) {
    Map<String, String> query = Map.of("date_from", "2020-01-01T00:00:00Z");
    List<ObjectNode> all =
        module.equals("sessions")
            ? world.completed(2)
            : world.pull(module, query, module.equals("cdrs") ? 2 : 1);
    assertThat(all).isNotEmpty();
    return all;
  }

  void has(String object, List<ObjectNode> all, String... optional) {
    all.forEach(one -> Wanted.has(version, object, one, optional));
  }

  /** The partner gets such a call and takes it. */
  void came(String method, String path) {
    Eventually.await(
        method + " " + path,
        () ->
            world.partner().books().calls(method, path).stream()
                .anyMatch(call -> call.status() == 1000));
  }

  String ours(String module) {
    PartyRef we = world.partner().otherParty();
    return module + "/" + we.countryCode() + "/" + we.partyId() + "/";
  }

  PartnerAnswer token(String method, ObjectNode body) {
    PartyRef party = world.partner().party();
    List<String> path =
        List.of(party.countryCode(), party.partyId(), charged.token().path("uid").asText());
    return world
        .partner()
        .caller()
        .call(method, "tokens", "RECEIVER", path, body.isEmpty() ? null : body);
  }

  /** The place of the free station, for commands. */
  ObjectNode place() {
    JsonNode evse = world.location(site, 1).at("/evses/0");
    return PartnerJson.object()
        .put("location_id", site)
        .put("evse_uid", evse.path("uid").asText())
        .put("connector_id", evse.at("/connectors/0/id").asText());
  }

  ObjectNode freshToken() {
    return world.partner().tokens().issue(Unique.token(), "APP_USER", "NEVER", true);
  }

  /** A command is accepted, and its result comes. */
  ObjectNode accepted(Sent sent) {
    assertThat(sent.answer().done().path("result").asText()).isEqualTo("ACCEPTED");
    Eventually.await("result " + sent.number(), () -> world.partner().result(sent).isPresent());
    ObjectNode result = world.partner().result(sent).orElseThrow();
    assertThat(result.path("result").asText()).isEqualTo("ACCEPTED");
    return result;
  }

  void quiet() {
    for (World one : List.of(world, hub, cards)) {
      assertThat(one.complaints()).isEmpty();
    }
  }

  @Override
  public void close() {
    free.close();
    cards.close();
    hub.close();
    charged.close();
  }
}
