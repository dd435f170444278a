package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.ocpi.facts.TimeForm;

/** Reads a list from its first page to its last, and checks what is said of pages. */
final class PartnerPull {

  private static final Pattern NEXT = Pattern.compile("<(https?://[^>]+)>; rel=\"next\"");
  private static final int MAX_PAGES = 10_000;

  private final PartnerCaller caller;
  private final Checker checker;
  private final PartnerBooks books;
  private final String module;
  private final String object;
  private final Map<String, String> query;
  private final List<ObjectNode> all = new ArrayList<>();
  private final Set<String> ids = new LinkedHashSet<>();
  private Instant last = Instant.MIN;

  PartnerPull(
      PartnerCaller caller,
      Checker checker,
      PartnerBooks books,
      String module,
      String object,
      Map<String, String> query) {
    this.caller = caller;
    this.checker = checker;
    this.books = books;
    this.module = module;
    this.object = object;
    this.query = Map.copyOf(query);
  }

  List<ObjectNode> run() {
    String url = Addresses.joined(caller.address(module, "SENDER"), List.of(), query);
    for (int page = 0; page < MAX_PAGES; page++) {
      PartnerAnswer answer = caller.call("GET", module, url, null);
      JsonNode data = answer.done();
      take(data);
      int limit = number(answer, "x-limit");
      wants(data.size() <= limit, "more on a page than X-Limit " + limit);
      int asked = Integer.parseInt(query.getOrDefault("limit", "100000"));
      wants(data.size() <= asked, "more on a page than asked for: " + data.size());
      int total = number(answer, "x-total-count");
      Optional<String> next = next(answer);
      if (next.isEmpty()) {
        int offset = Integer.parseInt(query.getOrDefault("offset", "0"));
        wants(
            all.size() + offset == Math.max(total, offset),
            "X-Total-Count " + total + ", but " + all.size() + " came");
        return List.copyOf(all);
      }
      wants(!data.isEmpty(), "an empty page with a next one");
      url = next.get();
    }
    throw new PartnerException("pages without end: " + module);
  }

  private void take(JsonNode data) {
    wants(data.isArray(), "a list wanted");
    for (JsonNode one : data) {
      Instant updated = TimeForm.read(one.path("last_updated").asText()).orElse(Instant.MIN);
      // By creation, says OCPI: only a CDR says when that was, because it never changes.
      wants(
          !object.equals("CDR") || !updated.isBefore(last),
          "oldest first wanted: " + updated + " after " + last);
      last = updated;
      String id = one.path("id").asText() + one.path("uid").asText();
      wants(ids.add(id), object + " " + id + " twice");
      bounds(updated);
      if (one instanceof ObjectNode whole) {
        all.add(whole);
        if (checker.takes("GET " + module, object, one)) {
          books.put(module, id, whole);
        }
      }
    }
  }

  private void bounds(Instant updated) {
    Optional<Instant> from = Optional.ofNullable(query.get("date_from")).flatMap(TimeForm::read);
    Optional<Instant> to = Optional.ofNullable(query.get("date_to")).flatMap(TimeForm::read);
    wants(from.isEmpty() || !updated.isBefore(from.get()), updated + " is before date_from");
    wants(to.isEmpty() || updated.isBefore(to.get()), updated + " is not before date_to");
  }

  private int number(PartnerAnswer answer, String header) {
    String text = answer.header(header).orElse("");
    boolean right = text.matches("\\d{1,9}");
    wants(right, header + " wanted, is " + text);
    return right ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  private Optional<String> next(PartnerAnswer answer) {
    Optional<String> link = answer.header("link");
    if (link.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = NEXT.matcher(link.get());
    if (!matcher.matches()) {
      checker.complaints().add("GET " + module, "Link " + link.get());
      return Optional.empty();
    }
    String url = matcher.group(1);
    wants(url.startsWith(caller.address(module, "SENDER")), "next page elsewhere: " + url);
    Map<String, String> kept = new LinkedHashMap<>(query);
    kept.remove("offset");
    Map<String, String> there = Addresses.query(url.substring(url.indexOf('?') + 1));
    kept.keySet().removeIf(name -> name.equals("limit") && there.containsKey("limit"));
    kept.forEach(
        (name, value) ->
            wants(sameFilter(value, there.getOrDefault(name, "")), "next page lost " + name));
    return Optional.of(url);
  }

  private static boolean sameFilter(String one, String other) {
    return one.equals(other)
        || TimeForm.read(one).isPresent() && TimeForm.read(one).equals(TimeForm.read(other));
  }

  private void wants(boolean right, String text) {
    if (!right) {
      checker.complaints().add("GET " + module, text);
    }
  }
}
