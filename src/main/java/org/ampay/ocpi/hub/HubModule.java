package org.ampay.ocpi.hub;

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

/** HubClientInfo as receiver, OCPI 2.2.1 §15.3.2: {@code {country_code}/{party_id}}. */
public final class HubModule implements OcpiModule {

  private final ClientInfoStore clients;

  public HubModule(ClientInfoStore clients) {
    this.clients = clients;
  }

  @Override
  public ModuleId id() {
    return ModuleId.HUBCLIENTINFO;
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
    if (!Set.of("GET", "PUT").contains(call.method())) {
      throw OcpiProblem.notAllowed("takes GET and PUT");
    }
    if (call.path().size() != 2) {
      throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "takes {country_code}/{party_id}");
    }
    PartyRef party = new PartyRef(call.path().get(0), call.path().get(1));
    Optional<ObjectNode> known = clients.find(call.partner().id(), party);
    if (call.method().equals("GET")) {
      return OcpiAnswer.ok(
          known.orElseThrow(
              () -> OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "nothing was told of " + party)));
    }
    put(call, party);
    return known.isPresent() ? OcpiAnswer.ok() : OcpiAnswer.created();
  }

  private void put(PartnerCall call, PartyRef party) {
    ObjectNode body = call.object();
    List<Complaint> wrong = Facts.of(call.version()).check("ClientInfo", body, Strictness.RECEIVED);
    if (!wrong.isEmpty()) {
      throw OcpiProblem.invalid(wrong.getFirst().toString());
    }
    PartyRef said =
        new PartyRef(body.path("country_code").asText(), body.path("party_id").asText());
    if (!said.equals(party)) {
      throw OcpiProblem.invalid("party_id: is another than that of the address");
    }
    clients.put(call.partner().id(), party, body);
  }
}
