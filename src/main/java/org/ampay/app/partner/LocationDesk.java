package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.TimeForm;

/** Takes pushed locations, EVSEs and connectors; a change of a child is one of its parents. */
final class LocationDesk implements Desk {

  private static final String MODULE = "locations";
  private static final List<String> OBJECTS = List.of("Location", "EVSE", "Connector");
  private static final List<String> IDS = List.of("id", "uid", "id");
  private static final List<String> LISTS = List.of("evses", "connectors");

  private final Link link;
  private final PartnerBooks books;
  private final Checker checker;

  LocationDesk(Link link, PartnerBooks books, Checker checker) {
    this.link = link;
    this.books = books;
    this.checker = checker;
  }

  @Override
  public Outgoing answer(Incoming call, List<String> rest, JsonNode body) {
    if (rest.size() < 3 || rest.size() > 5) {
      return Outgoing.refused(404, 2000, "wants country, party, location, EVSE, connector");
    }
    if (!new PartyRef(rest.get(0), rest.get(1)).equals(link.party())) {
      checker.complaints().add(call.toString(), "another party than " + link.party());
      return Outgoing.refused(404, 2000, "not your party");
    }
    List<String> ids = rest.subList(2, rest.size());
    return switch (call.method()) {
      case "GET" -> get(ids);
      case "PUT" -> put(call, ids, body);
      case "PATCH" -> patch(call, ids, body);
      default -> Outgoing.noMethod();
    };
  }

  private Outgoing get(List<String> ids) {
    return books
        .find(MODULE, ids.getFirst())
        .flatMap(location -> find(location, ids))
        .map(found -> Outgoing.ok(found))
        .orElse(Outgoing.refused(404, 2003, "unknown"));
  }

  private static Optional<ObjectNode> find(ObjectNode location, List<String> ids) {
    ObjectNode at = location;
    for (int i = 1; i < ids.size(); i++) {
      Optional<ObjectNode> child = child(at, i, ids.get(i));
      if (child.isEmpty()) {
        return child;
      }
      at = child.get();
    }
    return Optional.of(at);
  }

  private static Optional<ObjectNode> child(ObjectNode parent, int depth, String id) {
    for (JsonNode child : parent.path(LISTS.get(depth - 1))) {
      if (child instanceof ObjectNode object
          && child.path(IDS.get(depth)).asText().equalsIgnoreCase(id)) {
        return Optional.of(object);
      }
    }
    return Optional.empty();
  }

  private Outgoing put(Incoming call, List<String> ids, JsonNode body) {
    int depth = ids.size() - 1;
    if (!(body instanceof ObjectNode whole)
        || !checker.takes(call.toString(), OBJECTS.get(depth), body)) {
      return Outgoing.invalid("not a " + OBJECTS.get(depth));
    }
    if (!whole.path(IDS.get(depth)).asText().equalsIgnoreCase(ids.getLast())) {
      checker.complaints().add(call.toString(), "id in the body: " + whole.path(IDS.get(depth)));
      return Outgoing.invalid("id differs from the URL's");
    }
    Optional<ObjectNode> known = books.find(MODULE, ids.getFirst());
    if (depth == 0) {
      known.ifPresent(old -> order(call, old, whole));
      books.put(MODULE, ids.getFirst(), whole);
      return known.isPresent() ? Outgoing.ok(null) : Outgoing.created();
    }
    Optional<ObjectNode> parent = known.flatMap(l -> find(l, ids.subList(0, depth)));
    if (known.isEmpty() || parent.isEmpty()) {
      return Outgoing.refused(404, 2003, "unknown location");
    }
    Optional<ObjectNode> old = child(parent.get(), depth, ids.getLast());
    if (old.isPresent()) {
      order(call, old.get(), whole);
      old.get().removeAll();
      old.get().setAll(whole);
    } else {
      ((ArrayNode) parent.get().withArrayProperty(LISTS.get(depth - 1))).add(whole);
    }
    return store(call, known.get(), ids, whole);
  }

  private Outgoing patch(Incoming call, List<String> ids, JsonNode body) {
    int depth = ids.size() - 1;
    if (!(body instanceof ObjectNode changes)
        || !checker.takesPatch(call.toString(), OBJECTS.get(depth), body)) {
      return Outgoing.invalid("not a part of a " + OBJECTS.get(depth));
    }
    Optional<ObjectNode> known = books.find(MODULE, ids.getFirst());
    Optional<ObjectNode> at = known.flatMap(location -> find(location, ids));
    if (known.isEmpty() || at.isEmpty()) {
      return Outgoing.refused(404, 2003, "unknown");
    }
    order(call, at.get(), changes);
    at.get().setAll(changes);
    return store(call, known.get(), ids, changes);
  }

  /** A newer child makes its parents newer. */
  private Outgoing store(Incoming call, ObjectNode location, List<String> ids, ObjectNode newest) {
    for (int depth = 0; depth < ids.size() - 1; depth++) {
      find(location, ids.subList(0, depth + 1))
          .filter(parent -> updated(parent).isBefore(updated(newest)))
          .ifPresent(parent -> parent.set("last_updated", newest.path("last_updated")));
    }
    if (!checker.takes(call + " makes", "Location", location)) {
      return Outgoing.invalid("makes no location");
    }
    books.put(MODULE, ids.getFirst(), location);
    return Outgoing.ok(null);
  }

  private void order(Incoming call, ObjectNode before, ObjectNode after) {
    if (updated(after).isBefore(updated(before))) {
      checker.complaints().add(call.toString(), "older than what is known already");
    }
  }

  private static Instant updated(ObjectNode object) {
    return TimeForm.read(object.path("last_updated").asText()).orElse(Instant.EPOCH);
  }
}
