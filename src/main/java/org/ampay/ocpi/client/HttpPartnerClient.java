package org.ampay.ocpi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartyRef;
import org.jspecify.annotations.Nullable;

/** Calls partners over HTTP, with their tokens and the routing headers that modules need. */
public final class HttpPartnerClient implements PartnerClient {

  private final PartnerHttp http;
  private final PartnerBook partners;

  public HttpPartnerClient(PartnerHttp http, PartnerBook partners) {
    this.http = http;
    this.partners = partners;
  }

  @Override
  public PartnerReply send(Partner partner, PartnerRequest request) {
    String token = partners.tokens(partner.id()).theirs();
    if (!partner.isRegistered() || token == null) {
      return new PartnerReply.NoEndpoint("there is no handshake with " + partner.party());
    }
    Optional<URI> url = url(partner, request);
    if (url.isEmpty()) {
      return new PartnerReply.NoEndpoint(
          partner.party() + " has no " + request.module().wire() + " as " + request.role());
    }
    return http.call(
            partner,
            new PartnerHttp.Send(
                request.method(),
                url.get(),
                token,
                partner.tokenForm(),
                routing(partner, request),
                request.body()))
        .reply();
  }

  @Override
  public Optional<String> objection(URI url) {
    return http.objection(url);
  }

  /** Of a session or a CDR, whoever issued its token: behind a hub that is not the hub. */
  private static PartyRef whose(Partner partner, @Nullable JsonNode body) {
    JsonNode token = body == null ? MissingNode.getInstance() : body.path("cdr_token");
    return token.has("party_id")
        ? new PartyRef(token.path("country_code").asText(), token.path("party_id").asText())
        : partner.party();
  }

  /** Configuration modules are not routed, OCPI 2.2.1 §4.2.4. */
  private static Map<String, String> routing(Partner partner, PartnerRequest request) {
    if (request.module() == ModuleId.CREDENTIALS || request.module() == ModuleId.HUBCLIENTINFO) {
      return Map.of();
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("OCPI-from-country-code", partner.ours().countryCode());
    headers.put("OCPI-from-party-id", partner.ours().partyId());
    PartyRef to = whose(partner, request.body());
    headers.put("OCPI-to-country-code", to.countryCode());
    headers.put("OCPI-to-party-id", to.partyId());
    return headers;
  }

  private static Optional<URI> url(Partner partner, PartnerRequest request) {
    if (request.absolute() != null) {
      return Optional.of(request.absolute());
    }
    return partner
        .endpoint(request.module(), request.role())
        .map(
            base -> {
              String path =
                  request.path().stream()
                      .map(part -> "/" + encoded(part))
                      .collect(Collectors.joining());
              String query =
                  request.query().entrySet().stream()
                      .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                      .sorted()
                      .collect(Collectors.joining("&"));
              return URI.create(
                  base.toString().replaceFirst("/+$", "")
                      + path
                      + (query.isEmpty() ? "" : "?" + query));
            });
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
