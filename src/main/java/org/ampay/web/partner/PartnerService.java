package org.ampay.web.partner;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.ampay.ocpi.http.OcpiRequest;
import org.ampay.ocpi.http.OcpiResponse;
import org.ampay.ocpi.http.OcpiServer;

/**
 * {@code /ocpi/…}: brings requests to the room of OCPI. Tokens are its concern; bodies are bounded
 * here, and how many requests run at a time.
 */
public final class PartnerService {

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_AT_A_TIME = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PREFIX = "/ocpi/";

  private final OcpiServer ocpi;
  private final Executor workers;
  private final Semaphore places = new Semaphore(MOST_AT_A_TIME);

  /**
   * @param workers a virtual thread a task
   */
  public PartnerService(OcpiServer ocpi, Executor workers) {
    this.ocpi = ocpi;
    this.workers = workers;
  }

  /** Adds the paths to a server. */
  public void install(ServerBuilder server) {
    server
        .route()
        .pathPrefix(PREFIX)
        .maxRequestLength(MOST_BYTES)
        .requestTimeout(PATIENCE)
        .build(this::receive);
  }

  private HttpResponse receive(ServiceRequestContext context, HttpRequest request) {
    if (request.headers().contentLength() > MOST_BYTES) {
      request.abort();
      return plain(413, "a body has at most " + MOST_BYTES + " bytes");
    }
    if (!places.tryAcquire()) {
      request.abort();
      return plain(503, "too many requests at the same time");
    }
    String path = context.path();
    return HttpResponse.of(
        request
            .aggregate()
            .thenApplyAsync(whole -> response(ocpi.handle(read(path, whole))), workers)
            .exceptionally(PartnerService::failed)
            .whenComplete((done, error) -> places.release()));
  }

  private static OcpiRequest read(String path, AggregatedHttpRequest whole) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<? extends CharSequence, String> header : whole.headers()) {
      headers.putIfAbsent(String.valueOf((Object) header.getKey()), header.getValue());
    }
    String raw = whole.path();
    int mark = raw.indexOf('?');
    Map<String, String> query = new HashMap<>();
    if (mark >= 0) {
      QueryParams.fromQueryString(raw.substring(mark + 1))
          .forEach((name, value) -> query.putIfAbsent(name, value));
    }
    String undecoded = mark < 0 ? raw : raw.substring(0, mark);
    return new OcpiRequest(
        whole.method().name(), pieces(undecoded), path, query, headers, whole.content().array());
  }

  /** An id may hold a slash, encoded: so the path is cut before it is decoded. */
  private static List<String> pieces(String path) {
    List<String> pieces = new ArrayList<>();
    for (String piece : path.substring(PREFIX.length()).split("/")) {
      if (!piece.isEmpty()) {
        pieces.add(decoded(piece));
      }
    }
    return pieces;
  }

  private static String decoded(String piece) {
    try {
      return URLDecoder.decode(piece.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return piece;
    }
  }

  private static HttpResponse response(OcpiResponse answer) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(answer.http())
            .contentType(MediaType.JSON_UTF_8)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    answer.headers().forEach(headers::set);
    return HttpResponse.of(headers.build(), HttpData.ofUtf8(answer.body()));
  }

  private static HttpResponse failed(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return cause instanceof ContentTooLargeException
        ? plain(413, "a body has at most " + MOST_BYTES + " bytes")
        : plain(400, "the request could not be read");
  }

  private static HttpResponse plain(int status, String text) {
    return HttpResponse.of(
        ResponseHeaders.builder(status).contentType(MediaType.PLAIN_TEXT_UTF_8).build(),
        HttpData.ofUtf8(text + "\n"));
  }
}
