package org.ampay.ocpi.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.Complaint;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PartnerCall;

/**
 * Tokens as receiver, OCPI 2.2.1 §12.2.1: {@code {country_code}/{party_id}/{token_uid}?type=}. A
 * partner writes tokens of parties that it speaks for; an object that says something else than its
 * address is refused.
 */
public final class TokensModule implements OcpiModule {

  private static final String RFID = "RFID";

  private final RoamingTokens tokens;

  public TokensModule(RoamingTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public ModuleId id() {
    return ModuleId.TOKENS;
  }

  @Override
  public InterfaceRole role() {
    return InterfaceRole.RECEIVER;
  }

  @Override
  public Set<OcpiVersion> versions() {
    return EnumSet.allOf(OcpiVersion.class);
  }

  @Override
  public OcpiAnswer handle(PartnerCall call) {
    if (!Set.of("GET", "PUT", "PATCH").contains(call.method())) {
      throw OcpiProblem.notAllowed("takes GET, PUT and PATCH; an invalid token is valid=false");
    }
    if (call.path().size() != 3) {
      throw OcpiProblem.notFound(
          OcpiStatus.CLIENT_ERROR, "takes {country_code}/{party_id}/{token_uid}");
    }
    PartyRef party = party(call);
    String uid = call.path().get(2);
    String type = call.query("type").orElse(RFID);
    return switch (call.method()) {
      case "GET" -> OcpiAnswer.ok(known(call, party, uid, type).body());
      case "PUT" -> put(call, party, uid, type);
      default -> patch(call, party, uid, type);
    };
  }

  private static PartyRef party(PartnerCall call) {
    PartyRef party = new PartyRef(call.path().get(0), call.path().get(1));
    if (!call.partner().speaksFor(party)) {
      throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "you do not speak for " + party);
    }
    return party;
  }

  private RoamingToken known(PartnerCall call, PartyRef party, String uid, String type) {
    return tokens
        .find(call.partner(), party, uid, type)
        .orElseThrow(
            () -> OcpiProblem.notFound(OcpiStatus.UNKNOWN_TOKEN, "there is no such token"));
  }

  private OcpiAnswer put(PartnerCall call, PartyRef party, String uid, String type) {
    Optional<RoamingToken> before = tokens.find(call.partner(), party, uid, type);
    ObjectNode body = call.object();
    check(Facts.of(call.version()).check("Token", body, Strictness.RECEIVED));
    RoamingToken token = RoamingToken.of(body);
    if (!token.party().equals(party)
        || !token.uid().equalsIgnoreCase(uid)
        || !token.type().equals(type)) {
      throw OcpiProblem.invalid("the token says another party, uid or type than its address");
    }
    tokens.put(call.partner(), token);
    return before.isPresent() ? OcpiAnswer.ok() : OcpiAnswer.created();
  }

  private OcpiAnswer patch(PartnerCall call, PartyRef party, String uid, String type) {
    RoamingToken before = known(call, party, uid, type);
    ObjectNode change = call.object();
    if (!change.path("last_updated").isTextual()) {
      throw OcpiProblem.invalid("last_updated: is missing");
    }
    for (String fixed : List.of("country_code", "party_id", "uid", "type")) {
      if (change.has(fixed) && !change.path(fixed).equals(before.body().path(fixed))) {
        throw OcpiProblem.invalid(fixed + ": cannot be changed");
      }
    }
    tokens.change(
        call.partner(),
        before,
        stored -> {
          ObjectNode after = stored.body().deepCopy();
          after.setAll(change);
          check(Facts.of(call.version()).check("Token", after, Strictness.RECEIVED));
          return RoamingToken.of(after);
        });
    return OcpiAnswer.ok();
  }

  private static void check(List<Complaint> complaints) {
    if (!complaints.isEmpty()) {
      throw OcpiProblem.invalid(complaints.getFirst().toString());
    }
  }
}
