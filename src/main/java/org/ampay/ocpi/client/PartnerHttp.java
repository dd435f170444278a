package org.ampay.ocpi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ampay.ocpi.Partner.TokenForm;
import org.ampay.ocpi.json.OcpiJson;
import org.jspecify.annotations.Nullable;

/**
 * One call over HTTP: bounded in time and size, never redirected, and never to an address inside
 * our own network unless that is allowed.
 */
public final class PartnerHttp implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final int MOST_BYTES = 16 << 20;
  private static final int ID_BYTES = 16;
  private static final int MOST_NOTE = 300;

  private final HttpClient http;
  private final RandomGenerator random;
  private final boolean inside;

  /**
   * @param inside whether addresses inside our own network may be called
   */
  public PartnerHttp(RandomGenerator random, boolean inside) {
    this.random = random;
    this.inside = inside;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** What to call with which token. */
  public record Send(
      String method,
      URI url,
      String token,
      TokenForm form,
      Map<String, String> headers,
      @Nullable JsonNode body) {

    public Send {
      headers = Map.copyOf(headers);
    }

    /** A GET without routing headers. */
    public static Send get(URI url, String token, TokenForm form) {
      return new Send("GET", url, token, form, Map.of(), null);
    }

    @Override
    public String toString() {
      return method + " " + url;
    }
  }

  /**
   * What came back.
   *
   * @param http 0: no answer
   */
  public record Came(PartnerReply reply, int http, String requestId) {}

  /** Calls and waits. Blocks. */
  public Came call(Send send) {
    String id = id();
    try {
      URI url = send.url();
      refuseInside(url);
      HttpResponse<byte[]> response =
          http.send(request(send, id), HttpResponse.BodyHandlers.limiting(bytes(), MOST_BYTES));
      return new Came(reply(response), response.statusCode(), id);
    } catch (ConnectException | UnknownHostException e) {
      return new Came(new PartnerReply.Failed("not reached: " + brief(e), false), 0, id);
    } catch (HttpConnectTimeoutException e) {
      return new Came(new PartnerReply.Failed("not reached in time", false), 0, id);
    } catch (IOException e) {
      return new Came(new PartnerReply.Failed("no answer: " + brief(e), true), 0, id);
    } catch (IllegalArgumentException e) {
      return new Came(new PartnerReply.Failed("not called: " + brief(e), false), 0, id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Came(new PartnerReply.Failed("interrupted", true), 0, id);
    }
  }

  private static HttpResponse.BodyHandler<byte[]> bytes() {
    return HttpResponse.BodyHandlers.ofByteArray();
  }

  private HttpRequest request(Send send, String id) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(send.url())
            .timeout(ANSWER)
            .header("authorization", "Token " + written(send.token(), send.form()))
            .header("x-request-id", id)
            .header("x-correlation-id", id);
    send.headers().forEach(request::header);
    JsonNode body = send.body();
    if (body == null) {
      return request.method(send.method(), HttpRequest.BodyPublishers.noBody()).build();
    }
    return request
        .header("content-type", "application/json; charset=UTF-8")
        .method(send.method(), HttpRequest.BodyPublishers.ofString(OcpiJson.text(body)))
        .build();
  }

  private static String written(String token, TokenForm form) {
    return switch (form) {
      case BASE64 -> Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
      case PLAIN -> token;
    };
  }

  private static PartnerReply reply(HttpResponse<byte[]> response) {
    int http = response.statusCode();
    JsonNode envelope;
    try {
      envelope = OcpiJson.read(response.body());
    } catch (IOException e) {
      return http >= 400
          ? new PartnerReply.Refused(http, 0, "HTTP " + http + " without an OCPI answer")
          : new PartnerReply.Failed("HTTP " + http + " with an answer that is not JSON", true);
    }
    int status = envelope.path("status_code").asInt(0);
    if (http < 300 && status >= 1000 && status < 2000) {
      Map<String, String> headers = new HashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      JsonNode data = envelope.path("data");
      return new PartnerReply.Done(data.isNull() ? MissingNode.getInstance() : data, headers);
    }
    if (status == 0 && http < 300) {
      return new PartnerReply.Failed("HTTP " + http + " without an OCPI status", true);
    }
    return new PartnerReply.Refused(
        http, status, cut("HTTP " + http + " " + envelope.path("status_message").asText("")));
  }

  /** Partners tell us their addresses: none of them may lead into our own network. */
  private void refuseInside(URI url) throws UnknownHostException {
    String host = url.getHost();
    if (host == null || !Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
      throw new IllegalArgumentException("no http address");
    }
    if (inside) {
      return;
    }
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (address.isLoopbackAddress()
          || address.isSiteLocalAddress()
          || address.isLinkLocalAddress()
          || address.isAnyLocalAddress()
          || address.isMulticastAddress()) {
        throw new IllegalArgumentException("the address is inside our own network");
      }
    }
  }

  private String id() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String brief(Exception e) {
    return cut(e.getClass().getSimpleName() + " " + e.getMessage());
  }

  private static String cut(String text) {
    return text.length() > MOST_NOTE ? text.substring(0, MOST_NOTE) : text;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
