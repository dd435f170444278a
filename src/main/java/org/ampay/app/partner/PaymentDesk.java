package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The terminals of a service of card terminals; a CPO says where they take payments. */
final class PaymentDesk implements Desk {

  private static final String TERMINALS = "terminals";

  private final PartnerBooks books;
  private final Checker checker;

  PaymentDesk(PartnerBooks books, Checker checker) {
    this.books = books;
    this.checker = checker;
  }

  @Override
  public Outgoing answer(Incoming call, List<String> rest, JsonNode body) {
    if (rest.isEmpty() || !rest.getFirst().equals(TERMINALS) || rest.size() > 2) {
      return Outgoing.refused(404, 2000, "no such thing");
    }
    if (rest.size() == 1) {
      return call.method().equals("GET") ? list() : Outgoing.noMethod();
    }
    Optional<ObjectNode> terminal = books.find(TERMINALS, rest.get(1));
    if (terminal.isEmpty()) {
      return Outgoing.refused(404, 2000, "unknown terminal");
    }
    return switch (call.method()) {
      case "GET" -> Outgoing.ok(terminal.get());
      case "PATCH" -> assign(call, terminal.get(), body);
      default -> Outgoing.noMethod();
    };
  }

  private Outgoing list() {
    ArrayNode all = PartnerJson.object().arrayNode();
    books.all(TERMINALS).forEach(all::add);
    return new Outgoing(
        200,
        1000,
        "",
        all,
        Map.of("x-total-count", Integer.toString(all.size()), "x-limit", "1000"));
  }

  private Outgoing assign(Incoming call, ObjectNode terminal, JsonNode body) {
    if (!(body instanceof ObjectNode changes)
        || !checker.takesPatch(call.toString(), "Terminal", body)) {
      return Outgoing.invalid("not a part of a Terminal");
    }
    if (!changes.has("last_updated")) {
      checker.complaints().add(call.toString(), "last_updated wanted");
      return Outgoing.invalid("last_updated: is missing");
    }
    ObjectNode after = terminal.deepCopy();
    after.setAll(changes);
    if (!checker.takesTerminal(call + " makes", after)) {
      return Outgoing.invalid("makes no Terminal");
    }
    books.put(TERMINALS, after.path("terminal_id").asText(), after);
    return Outgoing.ok(null);
  }
}
