package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;

/** All calls of OCPI: tokens, headers, versions, credentials; modules have their own desks. */
final class FrontDesk {

  private static final Set<String> CONFIGURATION =
      Set.of("versions", "credentials", "hubclientinfo");
  private static final String PAYMENTS = "payments";
  private static final int MAX_IDS = 100_000;

  /** What the partner has, and which side of it it is. */
  private static final Map<String, String> ROLES =
      Map.of(
          "credentials", "SENDER",
          "locations", "RECEIVER",
          "sessions", "RECEIVER",
          "cdrs", "RECEIVER",
          "tariffs", "RECEIVER",
          "tokens", "SENDER",
          "commands", "SENDER",
          "chargingprofiles", "SENDER");

  private final Link link;
  private final PartnerSettings settings;
  private final Handshake handshake;
  private final Map<String, Desk> desks;
  private final PartnerBooks books;
  private final Complaints complaints;
  private final Supplier<String> root;
  private final Set<String> requestIds = new HashSet<>();

  /**
   * @param root of all addresses: {@code http://127.0.0.1:40001/ocpi}
   */
  FrontDesk(
      Link link,
      PartnerSettings settings,
      Handshake handshake,
      Map<String, Desk> desks,
      PartnerBooks books,
      Complaints complaints,
      Supplier<String> root) {
    this.link = link;
    this.settings = settings;
    this.handshake = handshake;
    this.desks = Map.copyOf(desks);
    this.books = books;
    this.complaints = complaints;
    this.root = root;
  }

  Outgoing answer(Incoming call) {
    Outgoing answer = judged(call);
    boolean module = call.path().size() > 2;
    String path = String.join("/", module ? call.from(2) : call.path());
    books.received(new PartnerBooks.Received(call.method(), path, call.body(), answer.status()));
    return answer;
  }

  private Outgoing judged(Incoming call) {
    headers(call);
    String authorization = call.header("authorization");
    boolean invited = link.isInvitation(authorization);
    if (!invited && !link.isKnown(authorization)) {
      complaints.add(call.toString(), "unknown token");
      return Outgoing.refused(401, 2001, "unknown token");
    }
    if (call.path().size() < 2 || !call.path().getFirst().equals("ocpi")) {
      return Outgoing.refused(404, 2000, "no such address");
    }
    if (call.path().get(1).equals("versions") && call.path().size() == 2) {
      return call.method().equals("GET") ? Outgoing.ok(versions()) : Outgoing.noMethod();
    }
    Optional<OcpiVersion> version =
        OcpiVersion.of(call.path().get(1)).filter(settings.versions()::contains);
    if (version.isEmpty()) {
      complaints.add(call.toString(), "unknown version");
      return Outgoing.refused(404, 3002, "unknown version");
    }
    if (call.path().size() == 2) {
      return call.method().equals("GET")
          ? Outgoing.ok(details(version.get()))
          : Outgoing.noMethod();
    }
    return module(call, version.get(), invited);
  }

  private Outgoing module(Incoming call, OcpiVersion version, boolean invited) {
    String module = call.module();
    if (module.equals("credentials")) {
      return credentials(call);
    }
    if (invited) {
      complaints.add(call.toString(), "TOKEN_A is for versions and credentials only");
      return Outgoing.refused(401, 2001, "register first");
    }
    if (!link.isUp()) {
      // The other side is quicker than its own answer to our credentials: it will come again.
      return Outgoing.refused(503, 3000, "the handshake is not over yet");
    }
    if (version != link.version()) {
      complaints.add(call.toString(), "version " + link.version().wire() + " was agreed");
    }
    Desk desk = desks.get(module);
    if (desk == null) {
      complaints.add(call.toString(), "unknown module");
      return Outgoing.refused(404, 2000, "no such module");
    }
    if (call.bytes().length > 0 && call.body().isMissingNode()) {
      complaints.add(call.toString(), "no JSON");
      return Outgoing.refused(400, 2001, "not JSON");
    }
    return desk.answer(call, call.from(3), call.body());
  }

  private Outgoing credentials(Incoming call) {
    boolean registered = link.isUp();
    return switch (call.method()) {
      case "GET" -> Outgoing.ok(handshake.credentials(link.ours()));
      case "POST" -> registered ? Outgoing.noMethod() : handshake.accept(call.body());
      case "PUT" -> registered ? handshake.accept(call.body()) : Outgoing.noMethod();
      case "DELETE" -> {
        if (!registered) {
          yield Outgoing.noMethod();
        }
        link.end();
        yield Outgoing.ok(null);
      }
      default -> Outgoing.noMethod();
    };
  }

  private ArrayNode versions() {
    ArrayNode list = PartnerJson.object().arrayNode();
    for (OcpiVersion version : handshake.versions()) {
      list.addObject().put("version", version.wire()).put("url", root.get() + "/" + version.wire());
    }
    return list;
  }

  private ObjectNode details(OcpiVersion version) {
    ObjectNode details = PartnerJson.object().put("version", version.wire());
    ArrayNode endpoints = details.putArray("endpoints");
    Map<String, String> roles = new TreeMap<>(ROLES);
    if (desks.containsKey(PAYMENTS) && version == OcpiVersion.V2_3_0) {
      roles.put(PAYMENTS, "SENDER");
    }
    roles.forEach(
        (module, role) ->
            endpoints
                .addObject()
                .put("identifier", module)
                .put("role", role)
                .put("url", root.get() + "/" + version.wire() + "/" + module));
    return details;
  }

  private void headers(Incoming call) {
    String id = call.header("x-request-id");
    if (id.isEmpty() || call.header("x-correlation-id").isEmpty()) {
      complaints.add(call.toString(), "X-Request-ID and X-Correlation-ID wanted");
    }
    synchronized (requestIds) {
      if (requestIds.size() >= MAX_IDS) {
        requestIds.clear();
      }
      if (!requestIds.add(id)) {
        complaints.add(call.toString(), "X-Request-ID used before");
      }
    }
    if (call.bytes().length > 0 && !call.header("content-type").startsWith("application/json")) {
      complaints.add(call.toString(), "Content-Type " + call.header("content-type"));
    }
    if (!CONFIGURATION.contains(call.module()) && link.isUp()) {
      routing(call, "from", link.party());
      JsonNode token = call.body().path("cdr_token");
      routing(
          call,
          "to",
          settings.role().equals("HUB") && token.has("party_id")
              ? new PartyRef(token.path("country_code").asText(), token.path("party_id").asText())
              : settings.party());
    }
  }

  private void routing(Incoming call, String direction, PartyRef party) {
    String country = call.header("ocpi-" + direction + "-country-code");
    String id = call.header("ocpi-" + direction + "-party-id");
    if (!new PartyRef(country, id).equals(party)) {
      complaints.add(
          call.toString(), "routed " + direction + " " + country + "*" + id + ", not " + party);
    }
  }

  /** The ids come back, and the routing the other way round. */
  Map<String, String> echoed(Incoming call) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String id : List.of("x-request-id", "x-correlation-id")) {
      if (!call.header(id).isEmpty()) {
        headers.put(id, call.header(id));
      }
    }
    for (String part : List.of("country-code", "party-id")) {
      headers.put("ocpi-to-" + part, call.header("ocpi-from-" + part));
      headers.put("ocpi-from-" + part, call.header("ocpi-to-" + part));
    }
    headers.values().removeIf(String::isEmpty);
    return headers;
  }

  ObjectNode envelope(Outgoing answer) {
    ObjectNode envelope = PartnerJson.object();
    JsonNode data = answer.data();
    if (data != null) {
      envelope.set("data", data);
    }
    envelope.put("status_code", answer.status());
    if (!answer.message().isEmpty()) {
      envelope.put("status_message", answer.message());
    }
    return envelope.put("timestamp", PartnerJson.time(settings.time().now()));
  }
}
