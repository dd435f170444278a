package org.ampay.ocpi.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.ocpi.json.OcpiTime;
import org.jspecify.annotations.Nullable;

/** A request of a partner over HTTP. */
record IncomingCall(
    Partner partner, OcpiVersion version, List<String> path, OcpiRequest request, int mostItems)
    implements PartnerCall {

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(request.query().get(name)).filter(text -> !text.isBlank());
  }

  @Override
  public PageQuery page() {
    Instant from = time("date_from");
    Instant to = time("date_to");
    long offset = number("offset", 0, 0);
    long limit = number("limit", mostItems, 1);
    return new PageQuery(from, to, offset, (int) Math.min(limit, mostItems));
  }

  private @Nullable Instant time(String name) {
    // A plus that was not encoded has become a blank.
    return query(name)
        .map(
            text ->
                OcpiTime.read(text.replaceFirst(" (?=\\d\\d:\\d\\d$)", "+"))
                    .orElseThrow(
                        () -> OcpiProblem.invalid(name + ": " + shown(text) + " is no UTC time")))
        .orElse(null);
  }

  private long number(String name, long missing, long least) {
    return query(name)
        .map(
            text -> {
              if (!text.matches("\\d{1,15}") || Long.parseLong(text) < least) {
                throw OcpiProblem.invalid(
                    name + ": takes a whole number from " + least + ", not " + shown(text));
              }
              return Long.parseLong(text);
            })
        .orElse(missing);
  }

  private static String shown(String text) {
    return '"' + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + '"';
  }

  @Override
  public ObjectNode object() {
    JsonNode body =
        body().orElseThrow(() -> OcpiProblem.invalid("the body is missing: an object is expected"));
    if (!(body instanceof ObjectNode object)) {
      throw OcpiProblem.invalid("the body is not an object");
    }
    return object;
  }

  @Override
  public Optional<JsonNode> body() {
    if (request.body().length == 0) {
      return Optional.empty();
    }
    try {
      JsonNode read = OcpiJson.read(request.body());
      return read.isMissingNode() ? Optional.empty() : Optional.of(read);
    } catch (IOException e) {
      throw new OcpiProblem(400, OcpiStatus.CLIENT_ERROR, "the body is not JSON");
    }
  }

  @Override
  public PartyRef from() {
    String country = request.headers().get("ocpi-from-country-code");
    String party = request.headers().get("ocpi-from-party-id");
    return country == null || party == null ? partner.party() : new PartyRef(country, party);
  }
}
