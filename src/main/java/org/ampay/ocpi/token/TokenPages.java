package org.ampay.ocpi.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.facts.Complaint;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.json.OcpiTime;
import org.jspecify.annotations.Nullable;

/** Reads a partner's list of tokens page by page, OCPI 2.2.1 §12.2.2.1. */
final class TokenPages {

  private static final Pattern NEXT =
      Pattern.compile("<([^>]{1,2000})>\\s*;[^,]*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 20_000;
  private static final int MOST_TOKENS = 2_000_000;
  private static final int TRIES = 2;

  private final PartnerClient client;
  private final RoamingTokens tokens;

  TokenPages(PartnerClient client, RoamingTokens tokens) {
    this.client = client;
    this.tokens = tokens;
  }

  /**
   * What was read.
   *
   * @param newest last_updated; null: there was nothing
   * @param problem null: none
   */
  record Read(int tokens, @Nullable Instant newest, boolean toTheEnd, @Nullable String problem) {}

  /** One walk through the pages. */
  private static final class Walk {
    final Set<String> seen = new HashSet<>();
    int tokens;
    @Nullable Instant newest;
    int leftOut;
    String why = "";

    Read end() {
      return new Read(
          tokens, newest, true, leftOut == 0 ? null : leftOut + " left out, first: " + why);
    }

    Read broken(String problem) {
      return new Read(tokens, newest, false, problem);
    }
  }

  /**
   * Reads and keeps them; blocks.
   *
   * @param from what changed since then; null: all
   */
  Read read(Partner partner, @Nullable Instant from) {
    Map<String, String> query = new HashMap<>();
    query.put("limit", Integer.toString(PAGE));
    if (from != null) {
      query.put("date_from", OcpiTime.write(from));
    }
    Walk walk = new Walk();
    PartnerRequest request = request(query, null);
    while (walk.seen.size() < MOST_PAGES && walk.tokens < MOST_TOKENS) {
      PartnerReply reply = send(partner, request);
      if (!(reply instanceof PartnerReply.Done done)) {
        return walk.broken(why(reply));
      }
      if (!done.data().isArray()) {
        return walk.broken("a page is no list");
      }
      keep(partner, done.data(), walk);
      Optional<String> next = next(done.headers().getOrDefault("link", ""));
      if (next.isEmpty()) {
        return walk.end();
      }
      if (!walk.seen.add(next.get())) {
        return walk.broken("its pages lead in a circle: " + next.get());
      }
      Optional<URI> url = partner.beside(ModuleId.TOKENS, InterfaceRole.SENDER, next.get());
      if (url.isEmpty()) {
        return walk.broken("its next page is somewhere else: " + next.get());
      }
      request = request(Map.of(), url.get());
    }
    return walk.broken("more than can be read");
  }

  private static PartnerRequest request(Map<String, String> query, @Nullable URI next) {
    return new PartnerRequest(
        ModuleId.TOKENS, InterfaceRole.SENDER, "GET", List.of(), query, null, next);
  }

  private PartnerReply send(Partner partner, PartnerRequest request) {
    PartnerReply reply = client.send(partner, request);
    for (int i = 1; i < TRIES && reply instanceof PartnerReply.Failed; i++) {
      reply = client.send(partner, request);
    }
    return reply;
  }

  private static String why(PartnerReply reply) {
    return switch (reply) {
      case PartnerReply.Done _ -> "";
      case PartnerReply.Refused refused -> refused.message();
      case PartnerReply.Failed failed -> failed.reason();
      case PartnerReply.NoEndpoint none -> none.reason();
    };
  }

  private static Optional<String> next(String link) {
    Matcher matcher = NEXT.matcher(link);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private void keep(Partner partner, JsonNode page, Walk walk) {
    List<RoamingToken> good = new ArrayList<>();
    for (JsonNode one : page) {
      walk.tokens++;
      Optional<String> wrong = complaint(partner, one);
      if (wrong.isPresent()) {
        walk.why = walk.leftOut++ == 0 ? wrong.get() : walk.why;
      } else {
        RoamingToken token = RoamingToken.of((ObjectNode) one);
        good.add(token);
        Instant newest = walk.newest;
        if (newest == null || newest.isBefore(token.lastUpdated())) {
          walk.newest = token.lastUpdated();
        }
      }
    }
    tokens.putNew(partner, good);
  }

  private static Optional<String> complaint(Partner partner, JsonNode one) {
    var version = Objects.requireNonNull(partner.version());
    List<Complaint> wrong = Facts.of(version).check("Token", one, Strictness.RECEIVED);
    if (!wrong.isEmpty()) {
      return Optional.of(wrong.getFirst().toString());
    }
    return partner.speaksFor(RoamingToken.of((ObjectNode) one).party())
        ? Optional.empty()
        : Optional.of("of a party that it does not speak for");
  }
}
