package org.ampay.ocpi.v230;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.http.PartnerCall;
import org.jspecify.annotations.Nullable;

/** A partner's request as a module gets it. */
record TestCall(
    Partner partner, String method, List<String> path, PageQuery page, @Nullable String text)
    implements PartnerCall {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  static Partner partner(long id, String role) {
    PartyRef party = new PartyRef("DE", "P" + id % 100);
    return new Partner(
        id,
        1,
        new PartyRef("CN", "AMP"),
        role,
        party,
        "Partner " + id,
        Optional.empty(),
        Partner.State.REGISTERED,
        OcpiVersion.V2_3_0,
        List.of(),
        List.of(),
        Partner.TokenForm.BASE64);
  }

  static TestCall post(Partner partner, String body, String... path) {
    return new TestCall(partner, "POST", List.of(path), all(), body);
  }

  static TestCall get(Partner partner, String... path) {
    return new TestCall(partner, "GET", List.of(path), all(), null);
  }

  static TestCall get(Partner partner, PageQuery page) {
    return new TestCall(partner, "GET", List.of(), page, null);
  }

  private static PageQuery all() {
    return new PageQuery(null, (@Nullable Instant) null, 0, 1_000);
  }

  @Override
  public OcpiVersion version() {
    return OcpiVersion.V2_3_0;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.empty();
  }

  @Override
  public ObjectNode object() {
    return (ObjectNode) body().orElseThrow();
  }

  @Override
  public Optional<JsonNode> body() {
    try {
      return text == null ? Optional.empty() : Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public PartyRef from() {
    return partner.party();
  }
}
