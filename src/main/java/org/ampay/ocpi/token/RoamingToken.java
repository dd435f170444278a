package org.ampay.ocpi.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.ampay.base.Digests;
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

  /**
   * Of tokens with one uid, which stations cannot tell apart, the first opens: a good one before
   * one that is not, a card before what is no card.
   */
  static final Comparator<RoamingToken> OPENS_FIRST =
      Comparator.comparing((RoamingToken token) -> !token.valid())
          .thenComparing(token -> !token.type().equals("RFID"))
          .thenComparing(token -> token.party().toString())
          .thenComparing(RoamingToken::type);

  private static final int GROUP_DIGITS = 19;
  private static final int LONGEST_16 = 20;

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
  public static RoamingToken of(ObjectNode body) {
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

  /**
   * What its group is called here. Groups stop each other's sessions, and some of ours stop all: so
   * a partner's are among themselves, whatever they are called. OCPP 1.6 knows 20 characters.
   */
  @Nullable String stationGroup(long partnerId) {
    if (groupId == null) {
      return null;
    }
    byte[] hash = Digests.sha256(partnerId + "/" + groupId.toLowerCase(Locale.ROOT));
    return "g" + HexFormat.of().formatHex(hash).substring(0, GROUP_DIGITS);
  }

  /**
   * What stands for it at OCPP 1.6 stations, whose tokens have 20 characters at most; empty: it
   * itself. Nobody can guess it, and it is the same each time.
   */
  public Optional<String> alias(long partnerId) {
    if (uid.length() <= LONGEST_16) {
      return Optional.empty();
    }
    String whole = String.join("/", Long.toString(partnerId), party.toString(), type, key());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      String hex = HexFormat.of().formatHex(hash);
      return Optional.of("r" + hex.substring(0, LONGEST_16 - 1));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  /** Whether that may be an {@link #alias}. */
  static boolean isAlias(String key) {
    return key.length() == LONGEST_16 && key.startsWith("r");
  }

  /** The kind of token that a station knows. */
  public String stationType() {
    return switch (type) {
      case "RFID" -> "ISO14443";
      case "EMAID" -> "eMAID";
      default -> "Central";
    };
  }
}
