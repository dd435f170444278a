package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.Complaint;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Sense;
import org.ampay.ocpi.facts.Strictness;
import org.jspecify.annotations.Nullable;

/** Calls the other side, and checks the frame of each answer: envelope, ids, routing. */
public final class PartnerCaller implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> CONFIGURATION =
      Set.of("versions", "credentials", "hubclientinfo");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Link link;
  private final PartnerSettings settings;
  private final Complaints complaints;

  PartnerCaller(Link link, PartnerSettings settings, Complaints complaints) {
    this.link = link;
    this.settings = settings;
    this.complaints = complaints;
  }

  /**
   * Calls a module of the other side.
   *
   * @param role the other side's: {@code SENDER}, {@code RECEIVER}
   * @param path behind the module, not encoded
   * @throws PartnerException if the other side has no such module
   */
  public PartnerAnswer call(
      String method, String module, String role, List<String> path, @Nullable JsonNode body) {
    return call(method, module, role, path, Map.of(), body);
  }

  /** With a query as well. */
  public PartnerAnswer call(
      String method,
      String module,
      String role,
      List<String> path,
      Map<String, String> query,
      @Nullable JsonNode body) {
    return call(method, module, Addresses.joined(address(module, role), path, query), body);
  }

  /** Where a module of the other side is. */
  public String address(String module, String role) {
    return link.endpoint(module, role)
        .orElseThrow(() -> new PartnerException("no endpoint " + module + " " + role))
        .toString();
  }

  /** Calls an address of a module with the connection's token. */
  PartnerAnswer call(String method, String module, String url, @Nullable JsonNode body) {
    return call(method, module, url, link.theirs(), body);
  }

  PartnerAnswer call(
      String method, String module, String url, String token, @Nullable JsonNode body) {
    String requestId = UUID.randomUUID().toString();
    String correlationId = UUID.randomUUID().toString();
    Map<String, String> headers = headers(module, token);
    headers.put("x-request-id", requestId);
    headers.put("x-correlation-id", correlationId);
    byte[] bytes = body == null ? new byte[0] : PartnerJson.bytes(body);
    if (body != null) {
      headers.put("content-type", "application/json; charset=utf-8");
    }
    PartnerAnswer answer = raw(method, URI.create(url), headers, bytes);
    if (answer.http() != 0) {
      check(method + " " + URI.create(url).getPath(), module, answer, requestId, correlationId);
    }
    return answer;
  }

  /** What a call of a module has, but for its ids; may be changed. */
  public Map<String, String> headers(String module) {
    return headers(module, link.theirs());
  }

  private Map<String, String> headers(String module, String token) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("authorization", "Token " + (settings.plainTokens() ? token : Link.base64(token)));
    if (!CONFIGURATION.contains(module)) {
      PartyRef to = link.party();
      headers.put("ocpi-from-country-code", settings.party().countryCode());
      headers.put("ocpi-from-party-id", settings.party().partyId());
      headers.put("ocpi-to-country-code", to.countryCode());
      headers.put("ocpi-to-party-id", to.partyId());
    }
    return headers;
  }

  /** Calls with just these headers and bytes; nothing is checked. HTTP 0: no answer. */
  public PartnerAnswer raw(String method, URI uri, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Map<String, String> came = new LinkedHashMap<>();
      answer
          .headers()
          .map()
          .forEach((name, values) -> came.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      return new PartnerAnswer(
          answer.statusCode(),
          PartnerJson.tree(new String(answer.body(), StandardCharsets.UTF_8)),
          came);
    } catch (IOException e) {
      return new PartnerAnswer(0, MissingNode.getInstance(), Map.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PartnerAnswer(0, MissingNode.getInstance(), Map.of());
    }
  }

  private void check(
      String what, String module, PartnerAnswer answer, String requestId, String correlationId) {
    for (Complaint complaint :
        Facts.of(link.version()).check("ResponseEnvelope", answer.envelope(), Strictness.SENT)) {
      complaints.add("answer to " + what, complaint);
    }
    Sense.check(link.version(), "ResponseEnvelope", answer.envelope())
        .forEach(complaint -> complaints.add("answer to " + what, complaint));
    wants(what, "content-type", answer, () -> "application/json");
    wants(what, "x-request-id", answer, () -> requestId);
    wants(what, "x-correlation-id", answer, () -> correlationId);
    if (!CONFIGURATION.contains(module) && answer.http() < 400) {
      wants(what, "ocpi-to-party-id", answer, () -> settings.party().partyId());
      wants(what, "ocpi-to-country-code", answer, () -> settings.party().countryCode());
      wants(what, "ocpi-from-party-id", answer, () -> link.party().partyId());
      wants(what, "ocpi-from-country-code", answer, () -> link.party().countryCode());
    }
  }

  private void wants(String what, String header, PartnerAnswer answer, Supplier<String> value) {
    String found = answer.header(header).orElse("");
    if (!found.split(";")[0].strip().equals(value.get())) {
      complaints.add("answer to " + what, header + " " + value.get() + " wanted, is " + found);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
