package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes pushed CDRs, which never change; the same one again is where it was. */
final class CdrDesk implements Desk {

  private static final String MODULE = "cdrs";

  private final PartnerBooks books;
  private final Checker checker;
  private final Supplier<String> address;

  /**
   * @param address of this module, without a slash at the end
   */
  CdrDesk(PartnerBooks books, Checker checker, Supplier<String> address) {
    this.books = books;
    this.checker = checker;
    this.address = address;
  }

  @Override
  public Outgoing answer(Incoming call, List<String> rest, JsonNode body) {
    if (call.method().equals("POST") && rest.isEmpty()) {
      return post(call, body);
    }
    if (call.method().equals("GET") && rest.size() == 2 && rest.getFirst().equals("kept")) {
      return books
          .find(MODULE, rest.get(1))
          .map(found -> Outgoing.ok(found))
          .orElse(Outgoing.refused(404, 2000, "unknown CDR"));
    }
    return Outgoing.noMethod();
  }

  private Outgoing post(Incoming call, JsonNode body) {
    if (!(body instanceof ObjectNode cdr) || !checker.takes(call.toString(), "CDR", body)) {
      return Outgoing.invalid("not a CDR");
    }
    String id = cdr.path("id").asText();
    Optional<ObjectNode> before = books.find(MODULE, id);
    if (before.isPresent() && !before.get().equals(cdr)) {
      checker.complaints().add(call.toString(), "CDR " + id + " is not what it was");
      return Outgoing.invalid("CDRs do not change");
    }
    credit(call, cdr);
    books.put(MODULE, id, cdr);
    Outgoing done = before.isPresent() ? Outgoing.ok(null) : Outgoing.created();
    return done.with("location", address.get() + "/kept/" + id);
  }

  /** A credit CDR says all that the other said, but for what makes it one. */
  private void credit(Incoming call, ObjectNode credit) {
    if (!credit.path("credit").asBoolean(false)) {
      return;
    }
    String of = credit.path("credit_reference_id").asText();
    Optional<ObjectNode> taken = books.find(MODULE, of);
    if (taken.isEmpty()) {
      checker.complaints().add(call.toString(), "takes back an unknown CDR " + of);
      return;
    }
    ObjectNode one = taken.get();
    ObjectNode other = credit.deepCopy();
    for (String differs :
        List.of("id", "credit", "credit_reference_id", "total_cost", "last_updated", "remark")) {
      one.remove(differs);
      other.remove(differs);
    }
    if (!one.equals(other)) {
      checker.complaints().add(call.toString(), "credit CDR differs in more than its total");
    }
  }
}
