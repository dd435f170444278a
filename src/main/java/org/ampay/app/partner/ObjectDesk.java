package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.TimeForm;

/** Takes pushed sessions and tariffs: PUT replaces, PATCH changes and appends charging periods. */
final class ObjectDesk implements Desk {

  private final String module;
  private final String object;
  private final Link link;
  private final PartnerBooks books;
  private final Checker checker;

  ObjectDesk(String module, String object, Link link, PartnerBooks books, Checker checker) {
    this.module = module;
    this.object = object;
    this.link = link;
    this.books = books;
    this.checker = checker;
  }

  @Override
  public Outgoing answer(Incoming call, List<String> rest, JsonNode body) {
    if (rest.size() != 3) {
      return Outgoing.refused(404, 2000, "wants country, party and id");
    }
    if (!new PartyRef(rest.get(0), rest.get(1)).equals(link.party())) {
      checker.complaints().add(call.toString(), "another party than " + link.party());
      return Outgoing.refused(404, 2000, "not your party");
    }
    String id = rest.get(2);
    return switch (call.method()) {
      case "GET" ->
          books
              .find(module, id)
              .map(found -> Outgoing.ok(found))
              .orElse(Outgoing.refused(404, 2000, "unknown " + object));
      case "PUT" -> put(call, id, body);
      case "PATCH" -> module.equals("tariffs") ? Outgoing.noMethod() : patch(call, id, body);
      case "DELETE" -> module.equals("tariffs") ? delete(id) : Outgoing.noMethod();
      default -> Outgoing.noMethod();
    };
  }

  private Outgoing put(Incoming call, String id, JsonNode body) {
    if (!(body instanceof ObjectNode whole) || !checker.takes(call.toString(), object, body)) {
      return Outgoing.invalid("not a " + object);
    }
    if (!whole.path("id").asText().equalsIgnoreCase(id)) {
      checker.complaints().add(call.toString(), "id in the body: " + whole.path("id"));
      return Outgoing.invalid("id differs from the URL's");
    }
    Optional<ObjectNode> before = books.find(module, id);
    before.ifPresent(old -> order(call, old, whole));
    books.put(module, id, whole);
    return before.isPresent() ? Outgoing.ok(null) : Outgoing.created();
  }

  private Outgoing patch(Incoming call, String id, JsonNode body) {
    if (!(body instanceof ObjectNode changes)
        || !checker.takesPatch(call.toString(), object, body)) {
      return Outgoing.invalid("not a part of a " + object);
    }
    Optional<ObjectNode> before = books.find(module, id);
    if (before.isEmpty()) {
      return Outgoing.refused(404, 2000, "unknown " + object);
    }
    order(call, before.get(), changes);
    ObjectNode after = before.get().deepCopy();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (change.getKey().equals("charging_periods")
          && after.path(change.getKey()) instanceof ArrayNode periods) {
        change.getValue().forEach(periods::add);
      } else {
        after.set(change.getKey(), change.getValue());
      }
    }
    if (!checker.takes(call + " makes", object, after)) {
      return Outgoing.invalid("makes no " + object);
    }
    books.put(module, id, after);
    return Outgoing.ok(null);
  }

  private void order(Incoming call, ObjectNode before, ObjectNode after) {
    if (updated(after).isBefore(updated(before))) {
      checker.complaints().add(call.toString(), "older than what is known already");
    }
    boolean done = before.path("status").asText().equals("COMPLETED");
    if (done && after.has("status") && !after.path("status").asText().equals("COMPLETED")) {
      checker.complaints().add(call.toString(), "a completed session comes back");
    }
  }

  private static Instant updated(ObjectNode object) {
    return TimeForm.read(object.path("last_updated").asText()).orElse(Instant.EPOCH);
  }

  private Outgoing delete(String id) {
    if (books.find(module, id).isEmpty()) {
      return Outgoing.refused(404, 2000, "unknown " + object);
    }
    books.remove(module, id);
    return Outgoing.ok(null);
  }
}
