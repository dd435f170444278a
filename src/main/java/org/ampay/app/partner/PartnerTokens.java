package org.ampay.app.partner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.TimeForm;

/** The tokens of the partner's drivers, and what it answers when it is asked about one. */
public final class PartnerTokens {

  /**
   * What is answered in real time.
   *
   * @param allowed {@code ALLOWED}, {@code BLOCKED}, {@code EXPIRED}, {@code NO_CREDIT}, {@code
   *     NOT_ALLOWED}
   * @param reference the authorization_reference; empty: none
   * @param needsLocation answers 2002 until it is told where
   */
  public record Verdict(String allowed, String reference, boolean needsLocation) {}

  private final PartyRef party;
  private final String issuer;
  private final TimeSource time;
  private final Map<String, ObjectNode> tokens = new LinkedHashMap<>();
  private final Map<String, Verdict> verdicts = new LinkedHashMap<>();

  PartnerTokens(PartyRef party, String issuer, TimeSource time) {
    this.party = party;
    this.issuer = issuer;
    this.time = time;
  }

  /**
   * A token, new or changed.
   *
   * @param whitelist {@code ALWAYS}, {@code ALLOWED}, {@code ALLOWED_OFFLINE}, {@code NEVER}
   */
  public ObjectNode issue(String uid, String type, String whitelist, boolean valid) {
    return issue(party, uid, type, whitelist, valid);
  }

  /** The same of another party, for which a hub speaks. */
  public synchronized ObjectNode issue(
      PartyRef whose, String uid, String type, String whitelist, boolean valid) {
    ObjectNode token =
        PartnerJson.object()
            .put("country_code", whose.countryCode())
            .put("party_id", whose.partyId())
            .put("uid", uid)
            .put("type", type)
            .put("contract_id", whose.countryCode() + "-" + whose.partyId() + "-C" + hash(uid))
            .put("visual_number", "No " + uid)
            .put("issuer", issuer)
            .put("valid", valid)
            .put("whitelist", whitelist)
            .put("language", "en")
            .put("last_updated", PartnerJson.time(time.now()));
    tokens.put(uid, token);
    return token.deepCopy();
  }

  private static String hash(String uid) {
    return String.format(Locale.ROOT, "%08X", uid.hashCode());
  }

  /** What real-time authorization says of a token from now on. */
  public synchronized void verdict(String uid, Verdict verdict) {
    verdicts.put(uid, verdict);
  }

  synchronized Verdict verdict(String uid) {
    Verdict set = verdicts.get(uid);
    if (set != null) {
      return set;
    }
    boolean valid = find(uid).map(token -> token.path("valid").asBoolean()).orElse(false);
    return new Verdict(valid ? "ALLOWED" : "BLOCKED", "", false);
  }

  /** A token of the partner; uids compare without case. */
  public synchronized Optional<ObjectNode> find(String uid) {
    return tokens.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(uid))
        .map(entry -> entry.getValue().deepCopy())
        .findFirst();
  }

  synchronized List<ObjectNode> between(Optional<Instant> from, Optional<Instant> to) {
    return tokens.values().stream()
        .filter(token -> from.isEmpty() || !updated(token).isBefore(from.get()))
        .filter(token -> to.isEmpty() || updated(token).isBefore(to.get()))
        .map(ObjectNode::deepCopy)
        .toList();
  }

  private static Instant updated(ObjectNode token) {
    return TimeForm.read(token.path("last_updated").asText()).orElse(Instant.EPOCH);
  }
}
