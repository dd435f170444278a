package org.ampay.ocpi.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.cdr.PartnerBench;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.http.PartnerCall;

/** A partner's request, for tests of modules without a server. */
record TestCall(String method, List<String> path, long partnerId, String text)
    implements PartnerCall {

  @Override
  public Partner partner() {
    return PartnerBench.partner(partnerId, OcpiVersion.V2_2_1);
  }

  @Override
  public OcpiVersion version() {
    return OcpiVersion.V2_2_1;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.empty();
  }

  @Override
  public PageQuery page() {
    return new PageQuery(null, null, 0, 100);
  }

  @Override
  public ObjectNode object() {
    try {
      return (ObjectNode) new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<JsonNode> body() {
    return Optional.of(object());
  }

  @Override
  public PartyRef from() {
    return partner().party();
  }
}
