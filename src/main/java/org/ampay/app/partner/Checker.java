package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.Complaint;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Sense;
import org.ampay.ocpi.facts.Strictness;

/** The picky reader: form by the facts, sense, and whose the object is. */
final class Checker {

  private final Link link;
  private final PartnerTokens tokens;
  private final Complaints complaints;

  Checker(Link link, PartnerTokens tokens, Complaints complaints) {
    this.link = link;
    this.tokens = tokens;
    this.complaints = complaints;
  }

  Complaints complaints() {
    return complaints;
  }

  /** Checks a whole object; false, with complaints, if it is not taken. */
  boolean takes(String from, String object, JsonNode value) {
    OcpiVersion version = link.version();
    List<Complaint> found =
        new ArrayList<>(Facts.of(version).check(object, value, Strictness.SENT));
    if (found.isEmpty()) {
      found.addAll(Sense.check(version, object, value));
    }
    found.forEach(complaint -> complaints.add(from, complaint));
    return found.isEmpty() && belongs(from, object, value);
  }

  /** Checks changed fields. */
  boolean takesPatch(String from, String object, JsonNode value) {
    List<Complaint> found = Facts.of(link.version()).checkPatch(object, value, Strictness.SENT);
    found.forEach(complaint -> complaints.add(from, complaint));
    return found.isEmpty();
  }

  /** A terminal is the service's own, whatever party it names. */
  boolean takesTerminal(String from, JsonNode value) {
    List<Complaint> found = Facts.of(link.version()).check("Terminal", value, Strictness.SENT);
    found.forEach(complaint -> complaints.add(from, complaint));
    return found.isEmpty();
  }

  /** Sessions and CDRs are for the party of the token only. */
  private boolean belongs(String from, String object, JsonNode value) {
    boolean right = true;
    if (!List.of("ClientInfo", "Token").contains(object) && value.has("country_code")) {
      right = is(value, link.party());
      if (!right) {
        complaints.add(from, object + " of another CPO than " + link.party());
      }
    }
    if (value.has("cdr_token") && !isOwn(value.path("cdr_token"))) {
      complaints.add(from, object + " of a foreign token");
      right = false;
    }
    return right;
  }

  private boolean isOwn(JsonNode cdrToken) {
    String uid = cdrToken.path("uid").asText();
    return tokens
        .find(uid)
        .map(
            token ->
                Stream.of("country_code", "party_id", "contract_id", "type")
                    .allMatch(field -> token.path(field).equals(cdrToken.path(field))))
        .orElse(false);
  }

  private static boolean is(JsonNode object, PartyRef party) {
    return new PartyRef(
            object.path("country_code").asText().toUpperCase(Locale.ROOT),
            object.path("party_id").asText())
        .equals(party);
  }
}
