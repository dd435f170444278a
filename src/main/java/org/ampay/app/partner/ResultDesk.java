package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Takes the results of commands and of charging profiles: {@code results/{kind}/{number}}. */
final class ResultDesk implements Desk {

  private final String module;
  private final PartnerBooks books;
  private final Checker checker;

  ResultDesk(String module, PartnerBooks books, Checker checker) {
    this.module = module;
    this.books = books;
    this.checker = checker;
  }

  @Override
  public Outgoing answer(Incoming call, List<String> rest, JsonNode body) {
    if (call.method().equals("PUT") && module.equals("chargingprofiles") && rest.size() == 1) {
      if (!checker.takes(call.toString(), "ActiveChargingProfile", body)) {
        return Outgoing.invalid("not an ActiveChargingProfile");
      }
      books.put("active_profiles", rest.getFirst(), (ObjectNode) body);
      return Outgoing.ok(null);
    }
    if (!call.method().equals("POST") || rest.size() != 3 || !rest.getFirst().equals("results")) {
      return Outgoing.noMethod();
    }
    String object = rest.get(1);
    if (!(body instanceof ObjectNode result) || !checker.takes(call.toString(), object, body)) {
      return Outgoing.invalid("not a " + object);
    }
    Optional<ObjectNode> before = books.find("results", rest.get(2));
    if (before.isPresent() && !before.get().equals(result)) {
      checker.complaints().add(call.toString(), "another result than before: " + before.get());
    }
    books.put("results", rest.get(2), result);
    return Outgoing.ok(null);
  }
}
