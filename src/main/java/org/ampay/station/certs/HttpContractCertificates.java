package org.ampay.station.certs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passes EXI requests on to a backend over HTTP: {@code POST url} with JSON
 *
 * <pre>{@code
 * {"action":"install"|"update","schema_version":"urn:…","station":"CP1","exi_request":"base64"}
 * }</pre>
 *
 * <p>A 200 with {@code {"exi_response":"base64"}} is the vehicle's answer; any other status or body
 * is none. The backend that speaks a contract pool's own protocol stands behind that address.
 */
public final class HttpContractCertificates implements ContractCertificates {

  static final int MAX_EXI_CHARS = 7_500;
  private static final int MAX_ANSWER_BYTES = 64 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final CertificateSettings.Contracts settings;

  /**
   * @param http must not follow redirects
   */
  public HttpContractCertificates(HttpClient http, CertificateSettings.Contracts settings) {
    this.http = http;
    this.settings = settings;
  }

  @Override
  public Outcome exchange(Request request) {
    Optional<URI> url = settings.url();
    if (url.isEmpty()) {
      return new Outcome.Failed("no backend for contract certificates is set (contracts.url)");
    }
    ObjectNode body = JSON.createObjectNode();
    body.put("action", request.update() ? "update" : "install");
    body.put("schema_version", request.schemaVersion());
    body.put("station", request.station().identity());
    body.put("exi_request", request.exi());
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(url.get())
            .header("content-type", "application/json")
            .timeout(settings.timeout())
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (!settings.token().isEmpty()) {
      builder.header("authorization", "Bearer " + settings.token());
    }
    return send(builder.build());
  }

  private Outcome send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      HttpResponse<byte[]> got = answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return got.statusCode() == 200
          ? read(got.body())
          : new Outcome.Failed("the backend answered with HTTP " + got.statusCode());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Outcome.Failed("the backend did not answer in time");
    } catch (ExecutionException e) {
      return new Outcome.Failed("the backend cannot be reached: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    }
  }

  private static Outcome read(byte[] body) {
    try {
      JsonNode exi = JSON.readTree(new String(body, java.nio.charset.StandardCharsets.UTF_8));
      String text = exi == null ? "" : exi.path("exi_response").asText("");
      if (text.isEmpty() || text.length() > MAX_EXI_CHARS) {
        return new Outcome.Failed("exi_response must have 1 to " + MAX_EXI_CHARS + " characters");
      }
      return new Outcome.Answered(text);
    } catch (JsonProcessingException e) {
      return new Outcome.Failed("the backend's answer is no JSON");
    }
  }
}
