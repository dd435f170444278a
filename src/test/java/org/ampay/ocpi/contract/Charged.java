package org.ampay.ocpi.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ampay.conformance.Setup;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.ocpi.OcpiVersion;

/**
 * A partner in one version, whose driver charged at a station of each protocol.
 *
 * @param session16 as our API shows it, settled
 */
record Charged(
    World world,
    String site,
    ObjectNode token,
    Station16 station16,
    Station201 station201,
    JsonNode session16,
    JsonNode session201)
    implements AutoCloseable {

  static Charged in(OcpiVersion version) {
    World world = World.open(version);
    String site = World.site();
    Setup setup = World.at(site);
    Station16 station16 = Station16.online(setup);
    Station201 station201 = Station201.online(World.at(site).withEvses(2));
    ObjectNode token = world.token("ALWAYS");
    String uid = token.path("uid").asText();
    int first = World.charge(station16, uid);
    String second = World.charge(station201, uid);
    return new Charged(
        world,
        site,
        token,
        station16,
        station201,
        World.api().awaitSession(station16, first, Charged::isBilled),
        World.api().awaitSession(station201, second, Charged::isBilled));
  }

  static boolean isBilled(JsonNode session) {
    return !session.path("bills").isEmpty();
  }

  String id16() {
    return session16.path("session_id").asText();
  }

  String id201() {
    return session201.path("session_id").asText();
  }

  @Override
  public void close() {
    station16.close();
    station201.close();
    world.close();
  }
}
