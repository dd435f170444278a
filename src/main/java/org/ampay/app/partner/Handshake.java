package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;

/** Versions and credentials, from both sides. */
final class Handshake {

  private final Link link;
  private final PartnerSettings settings;
  private final PartnerCaller caller;
  private final Complaints complaints;
  private final Supplier<URI> own;

  /**
   * @param own where the partner's versions are
   */
  Handshake(
      Link link,
      PartnerSettings settings,
      PartnerCaller caller,
      Complaints complaints,
      Supplier<URI> own) {
    this.link = link;
    this.settings = settings;
    this.caller = caller;
    this.complaints = complaints;
    this.own = own;
  }

  /** A version of the other side, and where its modules are. */
  private record Offer(OcpiVersion version, Map<String, URI> endpoints) {}

  /** The partner registers with a TOKEN_A that it was given. */
  void register(URI versionsUrl, String tokenA) {
    Offer offer = choose(versionsUrl, tokenA);
    settle("POST", versionsUrl, offer, tokenA);
  }

  /** New tokens both ways; the version is chosen again. */
  void update() {
    Offer offer = choose(link.versionsUrl(), link.theirs());
    settle("PUT", link.versionsUrl(), offer, link.theirs());
  }

  /** The end. */
  void unregister() {
    PartnerAnswer answer =
        caller.call("DELETE", "credentials", credentials(link.endpoints()), null);
    answer.done();
    link.end();
  }

  private static String credentials(Map<String, URI> endpoints) {
    return endpoints.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("credentials "))
        .map(entry -> entry.getValue().toString())
        .findFirst()
        .orElseThrow(() -> new PartnerException("no credentials endpoint"));
  }

  private void settle(String method, URI versionsUrl, Offer offer, String token) {
    ObjectNode mine = credentials(link.expect());
    try {
      PartnerAnswer answer =
          caller.call(method, "credentials", credentials(offer.endpoints()), token, mine);
      JsonNode theirs = answer.done();
      check(offer.version(), "Credentials", theirs);
      if (!theirs.path("url").asText().equals(versionsUrl.toString())) {
        complaints.add(method + " credentials", "other versions URL " + theirs.path("url"));
      }
      link.settle(
          new Link.Side(offer.version(), versionsUrl, party(theirs), offer.endpoints()),
          theirs.path("token").asText());
    } catch (PartnerException e) {
      link.abandon();
      throw e;
    }
  }

  private static PartyRef party(JsonNode credentials) {
    JsonNode role = credentials.path("roles").path(0);
    return new PartyRef(role.path("country_code").asText(), role.path("party_id").asText());
  }

  /** The partner's own credentials with that token. */
  ObjectNode credentials(String token) {
    ObjectNode mine = PartnerJson.object().put("token", token).put("url", own.get().toString());
    ObjectNode role = mine.putArray("roles").addObject().put("role", settings.role());
    role.putObject("business_details").put("name", settings.name());
    role.put("party_id", settings.party().partyId());
    role.put("country_code", settings.party().countryCode());
    return mine;
  }

  /** Answers credentials that came by POST or PUT with new ones. */
  Outgoing accept(JsonNode theirs) {
    OcpiVersion newest = settings.versions().getLast();
    if (!Facts.of(newest).check("Credentials", theirs, Strictness.SENT).isEmpty()) {
      check(newest, "Credentials", theirs);
      return Outgoing.invalid("not credentials");
    }
    URI url = URI.create(theirs.path("url").asText());
    String token = theirs.path("token").asText();
    try {
      Offer offer = choose(url, token);
      String fresh = link.expect();
      link.settle(new Link.Side(offer.version(), url, party(theirs), offer.endpoints()), token);
      return Outgoing.ok(credentials(fresh));
    } catch (PartnerException e) {
      return Outgoing.refused(200, 3001, "your versions cannot be read: " + e.getMessage());
    }
  }

  private Offer choose(URI versionsUrl, String token) {
    JsonNode versions = caller.call("GET", "versions", versionsUrl.toString(), token, null).done();
    Optional<JsonNode> best = Optional.empty();
    for (JsonNode version : versions) {
      // A list of versions is of none itself: the newest facts know that others may be added.
      check(OcpiVersion.V2_3_0, "Version", version);
      if (mutual(version).isPresent() && best.map(b -> rank(version) > rank(b)).orElse(true)) {
        best = Optional.of(version);
      }
    }
    JsonNode chosen =
        best.orElseThrow(() -> new PartnerException("no common version in " + versions));
    OcpiVersion version = mutual(chosen).orElseThrow();
    JsonNode details =
        caller.call("GET", "versions", chosen.path("url").asText(), token, null).done();
    check(version, "VersionDetails", details);
    if (!details.path("version").asText().equals(version.wire())) {
      complaints.add("version details", "of another version: " + details.path("version"));
    }
    return new Offer(version, endpoints(details));
  }

  private Optional<OcpiVersion> mutual(JsonNode version) {
    return OcpiVersion.of(version.path("version").asText()).filter(settings.versions()::contains);
  }

  private int rank(JsonNode version) {
    return mutual(version).map(Enum::ordinal).orElse(-1);
  }

  private Map<String, URI> endpoints(JsonNode details) {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    for (JsonNode endpoint : details.path("endpoints")) {
      String name = endpoint.path("identifier").asText() + " " + endpoint.path("role").asText();
      if (endpoints.put(name, URI.create(endpoint.path("url").asText())) != null) {
        complaints.add("version details", name + " is there twice");
      }
    }
    return endpoints;
  }

  private void check(OcpiVersion version, String object, JsonNode value) {
    Facts.of(version)
        .check(object, value, Strictness.SENT)
        .forEach(complaint -> complaints.add("handshake", complaint));
  }

  /** The versions that the partner offers, newest last. */
  List<OcpiVersion> versions() {
    return settings.versions().stream().sorted(Comparator.naturalOrder()).toList();
  }
}
