package org.ampay.ocpi.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.json.OcpiTime;
import org.jspecify.annotations.Nullable;

/**
 * A token of a partner's driver. Its key is party, uid and type, OCPI 2.2.1 §12.2.
 *
 * @param body the whole object as the partner sent it
 */
public record RoamingToken(
    PartyRef party,
    String uid,
    String type,
    String contractId,
    @Nullable String groupId,
    boolean valid,
    Whitelist whitelist,
    Instant lastUpdated,
    ObjectNode body) {

  /** Whether a partner is to be asked before its driver charges. */
  public enum Whitelist {
    /** Never: what we have of it decides. */
    ALWAYS,
    /** It may be asked. */
    ALLOWED,
    /** It is asked; only if it does not answer what we have decides. */
    ALLOWED_OFFLINE,
    /** It is asked, always. */
    NEVER
  }

  /** What is read of an object that was checked against the facts. */
  static RoamingToken of(ObjectNode body) {
    JsonNode group = body.path("group_id");
    return new RoamingToken(
        new PartyRef(body.path("country_code").asText(), body.path("party_id").asText()),
        body.path("uid").asText(),
        body.path("type").asText(),
        body.path("contract_id").asText(),
        group.isTextual() ? group.asText() : null,
        body.path("valid").asBoolean(),
        Whitelist.valueOf(body.path("whitelist").asText()),
        OcpiTime.read(body.path("last_updated").asText()).orElseThrow(),
        body);
  }

  /** By this uids are compared: without case. */
  String key() {
    return uid.toLowerCase(Locale.ROOT);
  }

  /** The kind of token that a station knows. */
  String stationType() {
    return switch (type) {
      case "RFID" -> "ISO14443";
      case "EMAID" -> "eMAID";
      default -> "Central";
    };
  }
}
