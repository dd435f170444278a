package org.ampay.ocpi.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.CallLog;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.credentials.Credentials;
import org.ampay.ocpi.json.OcpiJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What partners call: {@code /ocpi/versions}, {@code /ocpi/{version}}, {@code
 * /ocpi/{version}/{module}}. Finds out who calls, hands the request to the module, wraps what it
 * answers. What is wrong with a request is answered with HTTP 200 and an OCPI status, but for the
 * few cases in which OCPI says otherwise: 400 no JSON, 401 token, 404 no such thing, 405 method.
 */
public final class OcpiServer {

  private static final Logger LOG = LoggerFactory.getLogger(OcpiServer.class);
  private static final int MOST_ITEMS = 1_000;
  private static final int MOST_ID = 100;
  private static final int MOST_LOGGED = 8_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final PartnerBook partners;
  private final Credentials credentials;
  private final List<OcpiModule> modules;
  private final CallLog log;
  private final PartnerRates rates;
  private final Supplier<URI> base;
  private final TimeSource time;

  /**
   * @param base how the outside reaches us, without {@code /ocpi}
   */
  public OcpiServer(
      PartnerBook partners,
      Credentials credentials,
      List<OcpiModule> modules,
      CallLog log,
      Supplier<URI> base,
      TimeSource time) {
    this.partners = partners;
    this.credentials = credentials;
    this.modules = List.copyOf(modules);
    this.log = log;
    this.rates = new PartnerRates(time);
    this.base = base;
    this.time = time;
  }

  /** Answers a request; blocks, throws nothing. */
  public OcpiResponse handle(OcpiRequest request) {
    Instant at = time.now();
    long begun = time.nanos();
    Optional<PartnerBook.Caller> caller = caller(request.headers());
    OcpiResponse response;
    int status = OcpiStatus.SUCCESS.code();
    String note = "";
    try {
      PartnerBook.Caller known =
          caller.orElseThrow(
              () -> new OcpiProblem(401, OcpiStatus.CLIENT_ERROR, "the token is not known"));
      response = answerInTurn(known, request, at);
    } catch (OcpiProblem e) {
      status = e.status().code();
      note = String.valueOf(e.getMessage());
      response = problem(request, e, at);
    } catch (RuntimeException e) {
      String reference = Long.toHexString(begun);
      LOG.error("{} {} failed, reference {}", request.method(), request.rawPath(), reference, e);
      status = OcpiStatus.SERVER_ERROR.code();
      note = "our fault, reference " + reference;
      response = problem(request, new OcpiProblem(200, OcpiStatus.SERVER_ERROR, note), at);
    }
    int millis = (int) ((time.nanos() - begun) / NANOS_PER_MILLI);
    int http = response.http();
    CallLog.Answer answer = new CallLog.Answer(http, status, millis, note);
    if (caller.isPresent()) {
      log.add(entry(caller.get().partner(), request, response, answer, at));
    }
    return response;
  }

  /** The answer to a request that was not taken in: too large, too many, broken. */
  public OcpiResponse refuse(OcpiRequest request, OcpiProblem problem) {
    return problem(request, problem, time.now());
  }

  /** Whether anybody has the token of these headers: who has none is not listened to. */
  public boolean knows(Map<String, String> headers) {
    return caller(headers).isPresent();
  }

  private static CallLog.Entry entry(
      Partner partner,
      OcpiRequest request,
      OcpiResponse response,
      CallLog.Answer answer,
      Instant at) {
    byte[] body = request.body();
    return new CallLog.Entry(
        partner,
        CallLog.Direction.IN,
        at,
        request.method(),
        request.rawPath() + (request.query().isEmpty() ? "" : "?" + written(request.query())),
        response.headers().getOrDefault("x-request-id", ""),
        response.headers().getOrDefault("x-correlation-id", ""),
        new String(body, 0, Math.min(body.length, MOST_LOGGED), StandardCharsets.UTF_8),
        answer);
  }

  private Optional<PartnerBook.Caller> caller(Map<String, String> headers) {
    String header = headers.getOrDefault("authorization", "").strip();
    if (!header.regionMatches(true, 0, "Token ", 0, "Token ".length())) {
      return Optional.empty();
    }
    return partners
        .byToken(header.substring("Token ".length()).strip())
        .filter(
            known ->
                known.partner().state() == Partner.State.INVITED
                    || known.partner().state() == Partner.State.REGISTERED);
  }

  /** A partner that asks for much at the same time takes no place from the others. */
  private OcpiResponse answerInTurn(PartnerBook.Caller caller, OcpiRequest request, Instant at) {
    long id = caller.partner().id();
    if (!rates.mayCall(id)) {
      throw new OcpiProblem(429, OcpiStatus.CLIENT_ERROR, "too many requests; wait a second");
    }
    if (!rates.enter(id)) {
      throw new OcpiProblem(429, OcpiStatus.CLIENT_ERROR, "too many requests at the same time");
    }
    try {
      return answer(caller, request, at);
    } finally {
      rates.leave(id);
    }
  }

  private OcpiResponse answer(PartnerBook.Caller caller, OcpiRequest request, Instant at) {
    Partner partner = caller.partner();
    List<String> path = request.path();
    if (path.equals(List.of("versions"))) {
      return done(request, versions(request), 200, at);
    }
    OcpiVersion version =
        (path.isEmpty() ? Optional.<OcpiVersion>empty() : OcpiVersion.of(path.getFirst()))
            .orElseThrow(() -> unknown("there is no such version"));
    if (path.size() == 1) {
      return done(request, details(request, version), 200, at);
    }
    String module = path.get(1);
    List<String> rest = path.subList(2, path.size());
    IncomingCall call = new IncomingCall(partner, version, rest, request, MOST_ITEMS);
    if (!caller.settled() && !partner.isRegistered()) {
      throw new OcpiProblem(
          401, OcpiStatus.CLIENT_ERROR, "that token is for versions until you have answered");
    }
    if (module.equals("credentials")) {
      if (!rest.isEmpty()) {
        throw unknown("credentials have nothing below them");
      }
      return done(request, credentials.handle(call), 200, at);
    }
    if (!partner.isRegistered()) {
      throw new OcpiProblem(
          401, OcpiStatus.CLIENT_ERROR, "that token is for versions and credentials only");
    }
    checkReceiver(partner, request);
    checkSender(partner, call);
    return answer(request, find(module, version).handle(call), call, at);
  }

  private OcpiModule find(String name, OcpiVersion version) {
    return modules.stream()
        .filter(module -> module.id().wire().equals(name) && module.versions().contains(version))
        .findFirst()
        .orElseThrow(() -> unknown("there is no such module in " + version.wire()));
  }

  /** A request for somebody else came to the wrong house. */
  private static void checkReceiver(Partner partner, OcpiRequest request) {
    String country = request.headers().get("ocpi-to-country-code");
    String party = request.headers().get("ocpi-to-party-id");
    boolean ours =
        (country == null || country.equalsIgnoreCase(partner.ours().countryCode()))
            && (party == null || party.equalsIgnoreCase(partner.ours().partyId()));
    if (!ours) {
      throw unknown("OCPI-to names a party that is not here");
    }
  }

  /** A hub speaks for whoever is behind it. */
  private static void checkSender(Partner partner, PartnerCall call) {
    if (!partner.role().equals("HUB") && !partner.speaksFor(call.from())) {
      throw OcpiProblem.invalid("OCPI-from names a party that you do not speak for");
    }
  }

  private static OcpiProblem unknown(String message) {
    return OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, message);
  }

  private JsonNode versions(OcpiRequest request) {
    onlyGet(request);
    ArrayNode list = OcpiJson.object().putArray("versions");
    for (OcpiVersion version : OcpiVersion.values()) {
      list.addObject().put("version", version.wire()).put("url", url(version.wire()));
    }
    return list;
  }

  private JsonNode details(OcpiRequest request, OcpiVersion version) {
    onlyGet(request);
    ObjectNode details = OcpiJson.object().put("version", version.wire());
    ArrayNode endpoints = details.putArray("endpoints");
    endpoint(endpoints, version, "credentials", InterfaceRole.SENDER);
    for (OcpiModule module : modules) {
      if (module.versions().contains(version)) {
        endpoint(endpoints, version, module.id().wire(), module.role());
      }
    }
    return details;
  }

  private void endpoint(ArrayNode to, OcpiVersion version, String module, InterfaceRole role) {
    to.addObject()
        .put("identifier", module)
        .put("role", role.name())
        .put("url", url(version.wire() + "/" + module));
  }

  private static void onlyGet(OcpiRequest request) {
    if (!request.method().equals("GET")) {
      throw OcpiProblem.notAllowed("takes GET only");
    }
  }

  private String url(String path) {
    return base.get().toString().replaceFirst("/+$", "") + "/ocpi/" + path;
  }

  private OcpiResponse answer(
      OcpiRequest request, OcpiAnswer answer, PartnerCall call, Instant at) {
    return switch (answer) {
      case OcpiAnswer.Done done -> done(request, done.data(), done.http(), at);
      case OcpiAnswer.Page page -> page(request, page, call.page(), at);
    };
  }

  private OcpiResponse done(OcpiRequest request, @Nullable JsonNode data, int http, Instant at) {
    return new OcpiResponse(http, headers(request), Envelopes.of(data, OcpiStatus.SUCCESS, "", at));
  }

  private static OcpiResponse problem(OcpiRequest request, OcpiProblem problem, Instant at) {
    String message = String.valueOf(problem.getMessage());
    Map<String, String> headers = headers(request);
    if (problem.http() == 429) {
      headers.put("retry-after", "1");
    }
    return new OcpiResponse(
        problem.http(), headers, Envelopes.of(null, problem.status(), message, at));
  }

  private OcpiResponse page(
      OcpiRequest request, OcpiAnswer.Page page, PageQuery query, Instant at) {
    Map<String, String> headers = headers(request);
    headers.put("x-total-count", Long.toString(page.total()));
    headers.put("x-limit", Integer.toString(MOST_ITEMS));
    // A page may have fewer than were asked for: what cannot be told any more leaves a gap.
    long next = query.offset() + query.limit();
    if (next < page.total()) {
      headers.put("link", "<" + nextUrl(request, next, query.limit()) + ">; rel=\"next\"");
    }
    return new OcpiResponse(200, headers, Envelopes.of(page.items(), at));
  }

  /** The filters stay as they were sent. */
  private String nextUrl(OcpiRequest request, long offset, int limit) {
    Map<String, String> query = new TreeMap<>(request.query());
    query.put("offset", Long.toString(offset));
    query.put("limit", Integer.toString(limit));
    String path = request.path().stream().map(OcpiServer::encoded).collect(Collectors.joining("/"));
    return url(path) + "?" + written(query);
  }

  private static String written(Map<String, String> query) {
    return new TreeMap<>(query)
        .entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Ids are echoed, or made where there are none; the way back is the way turned round. */
  private static Map<String, String> headers(OcpiRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (String id : List.of("x-request-id", "x-correlation-id")) {
      String value = request.headers().getOrDefault(id, "");
      headers.put(
          id,
          value.isBlank()
              ? UUID.randomUUID().toString()
              : value.substring(0, Math.min(value.length(), MOST_ID)));
    }
    for (String part : List.of("country-code", "party-id")) {
      turned(request, headers, "ocpi-from-" + part, "ocpi-to-" + part);
      turned(request, headers, "ocpi-to-" + part, "ocpi-from-" + part);
    }
    return headers;
  }

  private static void turned(
      OcpiRequest request, Map<String, String> headers, String read, String written) {
    String value = request.headers().get(read);
    if (value != null && value.matches("[A-Za-z0-9*]{1,3}")) {
      headers.put(written, value);
    }
  }
}
