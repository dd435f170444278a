package org.ampay.charging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * A reply as it is kept with its fact, so that a repeat hears the same: flat JSON, {@code
 * {"kind":"started","tx":12,"status":"ACCEPTED","group":"G1","expires":"…"}}. Only what goes to the
 * station is kept of an authorization.
 */
final class Answers {

  /** Less than the width of the column. */
  private static final int MAX_CHARS = 480;

  private static final JsonFactory JSON = new JsonFactory();

  /** More do not fit into the column; the repeat of such an answer lacks the list. */
  private static final int MAX_EVSES = 30;

  private Answers() {}

  /** Null where the reply holds nothing. */
  static @Nullable String write(SessionReply reply) {
    return switch (reply) {
      case SessionReply.Started started ->
          authorization(
                  new StringBuilder("{\"kind\":\"started\",\"tx\":")
                      .append(started.transactionId()),
                  started.authorization())
              .append('}')
              .toString();
      case SessionReply.Stopped stopped ->
          stopped
              .authorization()
              .map(a -> authorization(new StringBuilder("{\"kind\":\"stopped\""), a).append('}'))
              .map(StringBuilder::toString)
              .orElse(null);
      case SessionReply.EventAnswered answered -> event(answered);
      case SessionReply.Stored stored -> null;
      case SessionReply.Ruled ruled -> null;
      case SessionReply.Quarantined quarantined -> null;
      case SessionReply.Unavailable unavailable -> null;
    };
  }

  /**
   * The reply that was kept.
   *
   * @param command what is answered: tells the kind of an answer that held nothing
   */
  static SessionReply read(@Nullable String answer, SessionCommand command) {
    Map<String, String> fields = answer == null ? Map.of() : parse(answer);
    return switch (command) {
      case SessionCommand.Start start ->
          new SessionReply.Started(
              Integer.parseInt(fields.getOrDefault("tx", "0")),
              authorization(fields).orElseGet(() -> Authorization.of(AuthorizationStatus.INVALID)));
      case SessionCommand.Stop stop -> new SessionReply.Stopped(authorization(fields));
      case SessionCommand.Event event ->
          new SessionReply.EventAnswered(authorization(fields), total(fields), price(fields));
      case SessionCommand.Readings readings -> new SessionReply.Stored();
      case SessionCommand.ConnectorState state -> new SessionReply.Stored();
      case SessionCommand.Ruling ruling -> new SessionReply.Ruled(true, "", Optional.empty());
    };
  }

  private static @Nullable String event(SessionReply.EventAnswered answered) {
    if (answered.authorization().isEmpty()
        && answered.totalCost().isEmpty()
        && answered.price().isEmpty()) {
      return null;
    }
    StringBuilder json = new StringBuilder("{\"kind\":\"event\"");
    answered.authorization().ifPresent(a -> authorization(json, a));
    answered
        .totalCost()
        .ifPresent(
            total -> {
              text(json, "currency", total.currency());
              json.append(",\"minor\":").append(total.minor());
            });
    // The column is bounded; a repeat hears the answer without the text then.
    answered
        .price()
        .filter(price -> json.length() + 2 * price.text().length() < MAX_CHARS)
        .ifPresent(
            price -> {
              text(json, "in", price.language());
              text(json, "price", price.text());
            });
    return json.append('}').toString();
  }

  private static StringBuilder authorization(StringBuilder json, Authorization authorization) {
    text(json, "status", authorization.status().name());
    if (authorization.groupToken() != null) {
      text(json, "group", authorization.groupToken());
    }
    if (authorization.expiresAt() != null) {
      text(json, "expires", authorization.expiresAt().toString());
    }
    if (authorization.told().language() != null) {
      text(json, "language", authorization.told().language());
    }
    List<Integer> evses = authorization.told().evses();
    if (!evses.isEmpty() && evses.size() <= MAX_EVSES) {
      text(json, "evses", evses.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return json;
  }

  private static void text(StringBuilder json, String name, String value) {
    json.append(",\"").append(name).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value, json);
    json.append('"');
  }

  private static Optional<Authorization> authorization(Map<String, String> fields) {
    String status = fields.get("status");
    if (status == null) {
      return Optional.empty();
    }
    String expires = fields.get("expires");
    return Optional.of(
        new Authorization(
            AuthorizationStatus.valueOf(status),
            fields.get("group"),
            expires == null ? null : Instant.parse(expires),
            null,
            null,
            null,
            0,
            new Authorization.Told(evses(fields), fields.get("language"), false)));
  }

  private static List<Integer> evses(Map<String, String> fields) {
    String evses = fields.get("evses");
    return evses == null
        ? List.of()
        : Stream.of(evses.split(",", -1)).map(Integer::valueOf).toList();
  }

  private static Optional<Money> total(Map<String, String> fields) {
    String currency = fields.get("currency");
    return currency == null
        ? Optional.empty()
        : Optional.of(new Money(currency, Long.parseLong(fields.getOrDefault("minor", "0"))));
  }

  private static Optional<PriceMessage> price(Map<String, String> fields) {
    String text = fields.get("price");
    return text == null
        ? Optional.empty()
        : Optional.of(new PriceMessage(fields.getOrDefault("in", ""), text));
  }

  private static Map<String, String> parse(String json) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getText());
      }
      return fields;
    } catch (IOException e) {
      throw new IllegalStateException("a stored answer is no JSON: " + json, e);
    }
  }
}
