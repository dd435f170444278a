package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.ampay.station.Operator;
import org.ampay.web.http.Call;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Caller;
import org.ampay.web.read.Scope;
import org.jspecify.annotations.Nullable;

/** One call of the API by a known key. */
final class ApiCall {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  private final Call call;
  private final Caller caller;

  ApiCall(Call call, Caller caller) {
    this.call = call;
    this.caller = caller;
  }

  Call http() {
    return call;
  }

  Caller caller() {
    return caller;
  }

  String pathParam(String name) {
    return call.pathParam(name);
  }

  Optional<String> query(String name) {
    return call.query(name);
  }

  /** An id in the path; what is no number names nothing. */
  long idParam(String name) {
    return new Ref(pathParam(name))
        .id()
        .orElseThrow(() -> Problem.notFound("there is no such id").exception());
  }

  <T extends Record> T body(Class<T> type) {
    return JsonCodec.read(call.body(), type);
  }

  /** The body's object as a tree. */
  JsonNode bodyTree() {
    String text = call.body();
    JsonNode tree = JsonCodec.tree(text.isBlank() ? "{}" : text);
    if (!tree.isObject()) {
      throw Problem.badJson("must be an object").exception();
    }
    return tree;
  }

  /** What the call may see: the key's operator, or for the platform what {@code operator} says. */
  Scope scope() {
    Optional<Long> chosen = query("operator").map(text -> operatorId("operator", new Ref(text)));
    return caller.operatorId() == null
        ? chosen.map(Scope::of).orElseGet(Scope::all)
        : Scope.of(sameOperator(chosen));
  }

  /** Who owns what the call makes: the key's operator; for the platform what it names, else 1. */
  long owner(@Nullable Ref inBody) {
    Optional<Long> chosen =
        inBody == null
            ? query("operator").map(text -> operatorId("operator", new Ref(text)))
            : Optional.of(operatorId("operator", inBody));
    return caller.operatorId() == null ? chosen.orElse(Operator.DEFAULT_ID) : sameOperator(chosen);
  }

  private long sameOperator(Optional<Long> chosen) {
    long own = java.util.Objects.requireNonNull(caller.operatorId());
    if (chosen.isPresent() && chosen.get() != own) {
      throw Problem.forbidden("the key belongs to operator " + own).exception();
    }
    return own;
  }

  private static long operatorId(String field, Ref ref) {
    return ref.id().orElseThrow(() -> Problem.badField(field, "must be an id").exception());
  }

  /** How many items, and where to go on. */
  int limit() {
    Optional<String> text = query("limit");
    if (text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    long limit = new Ref(text.get()).id().orElse(0);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Problem.badField("limit", "must be 1 to " + MAX_LIMIT).exception();
    }
    return (int) limit;
  }

  /** The id after which the list goes on. */
  long cursorId(long fromStart) {
    return query("cursor")
        .map(
            text ->
                new Ref(decode(text))
                    .id()
                    .orElseThrow(
                        () -> Problem.badField("cursor", "is not one of ours").exception()))
        .orElse(fromStart);
  }

  /** The text after which the list goes on. */
  String cursorText() {
    return query("cursor").map(ApiCall::decode).orElse("");
  }

  private static String decode(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.startsWith("1:") && text.length() <= 200) {
        return text.substring(2);
      }
    } catch (IllegalArgumentException e) {
      throw Problem.badField("cursor", "is not one of ours").exception();
    }
    throw Problem.badField("cursor", "is not one of ours").exception();
  }

  /** A page out of one row more than asked for. */
  <R, T> ListAnswer<T> page(List<R> oneMore, Function<R, T> item, Function<R, Object> key) {
    int limit = limit();
    boolean more = oneMore.size() > limit;
    List<R> rows = more ? oneMore.subList(0, limit) : oneMore;
    String next =
        more
            ? Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("1:" + key.apply(rows.getLast())).getBytes(StandardCharsets.UTF_8))
            : null;
    return new ListAnswer<>(rows.stream().map(item).toList(), next);
  }

  /**
   * By this a money command is recognised when it is repeated: the key's Idempotency-Key, else
   * something that never comes again.
   */
  String moneyKey() {
    return call.header("idempotency-key")
        .map(key -> "key:" + caller.id() + ":" + key)
        .orElseGet(() -> "once:" + UUID.randomUUID());
  }

  /** A time in the query. */
  Optional<Instant> time(String name) {
    return query(name)
        .map(
            text -> {
              try {
                // A plus sign that was not encoded arrives as a space.
                return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
              } catch (DateTimeException e) {
                throw Problem.badField(name, "must be a time like 2026-01-31T12:00:00Z")
                    .exception();
              }
            });
  }

  /** A word of the query that must be one of a few. */
  @Nullable String choice(String name, List<String> words) {
    Optional<String> word = query(name);
    if (word.isPresent() && !words.contains(word.get())) {
      throw Problem.badField(name, "must be one of " + words).exception();
    }
    return word.orElse(null);
  }
}
