package org.ampay.ocpi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.CallLog;
import org.ampay.ocpi.Partner;
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

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final HttpClient http;
  private final RandomGenerator random;
  private final Reach reach;
  private final CallLog log;
  private final TimeSource time;
  private final Duration patience;

  public PartnerHttp(RandomGenerator random, Reach reach, CallLog log, TimeSource time) {
    this(random, reach, log, time, ANSWER);
  }

  /**
   * @param patience how long a call takes at most, to the last byte of its answer
   */
  public PartnerHttp(
      RandomGenerator random, Reach reach, CallLog log, TimeSource time, Duration patience) {
    this.random = random;
    this.reach = reach;
    this.log = log;
    this.time = time;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
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

  /** Why an address that a partner gave is never called; empty: it may be. Blocks. */
  public Optional<String> objection(URI url) {
    return reach.objection(url);
  }

  /** Calls a partner and waits; the call is logged. Blocks. */
  public Came call(Partner partner, Send send) {
    Instant at = time.now();
    long begun = time.nanos();
    Came came = call(send);
    int millis = (int) ((time.nanos() - begun) / NANOS_PER_MILLI);
    JsonNode body = send.body();
    log.add(
        new CallLog.Entry(
            partner,
            CallLog.Direction.OUT,
            at,
            send.method(),
            send.url().toString(),
            came.requestId(),
            came.requestId(),
            body == null ? "" : OcpiJson.text(body),
            answer(came, millis)));
    return came;
  }

  private static CallLog.Answer answer(Came came, int millis) {
    Integer http = came.http() == 0 ? null : came.http();
    return switch (came.reply()) {
      case PartnerReply.Done _ -> new CallLog.Answer(http, 1000, millis, "");
      case PartnerReply.Refused refused ->
          new CallLog.Answer(
              http, refused.status() == 0 ? null : refused.status(), millis, refused.message());
      case PartnerReply.Failed failed -> new CallLog.Answer(http, null, millis, failed.reason());
      case PartnerReply.NoEndpoint none -> new CallLog.Answer(http, null, millis, none.reason());
    };
  }

  private Came call(Send send) {
    String id = id();
    try {
      reach.check(send.url());
      HttpResponse<byte[]> response = answer(request(send, id));
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

  /** The client's own time-out ends with the headers; a body may come drop by drop. */
  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.limiting(bytes(), MOST_BYTES));
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("not within " + patience.toMillis() + " ms");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static HttpResponse.BodyHandler<byte[]> bytes() {
    return HttpResponse.BodyHandlers.ofByteArray();
  }

  private HttpRequest request(Send send, String id) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(send.url())
            .timeout(patience)
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
