package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ampay.ocpi.facts.TimeForm;

/** Gives the partner's tokens, and says in real time whether one may charge. */
final class TokenDesk implements Desk {

  private static final int MAX_PAGE = 25;

  private final PartnerTokens tokens;
  private final Checker checker;
  private final Supplier<String> address;

  TokenDesk(PartnerTokens tokens, Checker checker, Supplier<String> address) {
    this.tokens = tokens;
    this.checker = checker;
    this.address = address;
  }

  @Override
  public Outgoing answer(Incoming call, List<String> rest, JsonNode body) {
    if (call.method().equals("GET") && rest.isEmpty()) {
      return page(call.query());
    }
    if (call.method().equals("POST") && rest.size() == 2 && rest.get(1).equals("authorize")) {
      return authorize(call, rest.getFirst(), body);
    }
    return Outgoing.noMethod();
  }

  private Outgoing page(Map<String, String> query) {
    List<ObjectNode> all =
        tokens.between(
            Optional.ofNullable(query.get("date_from")).flatMap(TimeForm::read),
            Optional.ofNullable(query.get("date_to")).flatMap(TimeForm::read));
    int offset = Math.min(number(query, "offset", 0), all.size());
    int limit = Math.clamp(number(query, "limit", MAX_PAGE), 1, MAX_PAGE);
    int end = Math.min(offset + limit, all.size());
    ArrayNode page = PartnerJson.object().arrayNode();
    all.subList(offset, end).forEach(page::add);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-total-count", Integer.toString(all.size()));
    headers.put("x-limit", Integer.toString(MAX_PAGE));
    if (end < all.size()) {
      StringBuilder next = new StringBuilder(address.get()).append("?offset=").append(end);
      query.forEach(
          (name, value) -> {
            if (!name.equals("offset")) {
              next.append('&').append(name).append('=').append(Addresses.encoded(value));
            }
          });
      headers.put("link", "<" + next + ">; rel=\"next\"");
    }
    return new Outgoing(200, 1000, "", page, headers);
  }

  private static int number(Map<String, String> query, String name, int otherwise) {
    String text = query.getOrDefault(name, "");
    return text.matches("\\d{1,8}") ? Integer.parseInt(text) : otherwise;
  }

  private Outgoing authorize(Incoming call, String uid, JsonNode body) {
    if (!body.isMissingNode() && !checker.takes(call.toString(), "LocationReferences", body)) {
      return Outgoing.invalid("not LocationReferences");
    }
    Optional<ObjectNode> token = tokens.find(uid);
    String type = call.query().getOrDefault("type", "RFID");
    if (token.isEmpty() || !token.get().path("type").asText().equals(type)) {
      return Outgoing.refused(404, 2004, "unknown token");
    }
    PartnerTokens.Verdict verdict = tokens.verdict(uid);
    if (verdict.needsLocation() && body.isMissingNode()) {
      return Outgoing.refused(200, 2002, "where?");
    }
    ObjectNode info = PartnerJson.object().put("allowed", verdict.allowed());
    info.set("token", token.get());
    if (body.isObject()) {
      info.set("location", body);
    }
    if (!verdict.reference().isEmpty()) {
      info.put("authorization_reference", verdict.reference());
    }
    return Outgoing.ok(info);
  }
}
