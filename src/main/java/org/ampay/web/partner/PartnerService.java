package org.ampay.web.partner;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiRequest;
import org.ampay.ocpi.http.OcpiResponse;
import org.ampay.ocpi.http.OcpiServer;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.web.http.Bodies;

/**
 * {@code /ocpi/…}: brings requests to the room of OCPI. Tokens are its concern; bodies are bounded
 * here, and how many requests run at a time.
 */
public final class PartnerService {

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_AT_A_TIME = 64;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final byte[] NOTHING = new byte[0];
  private static final OcpiProblem TOO_LARGE =
      new OcpiProblem(413, OcpiStatus.CLIENT_ERROR, "a body has at most " + MOST_BYTES + " bytes");
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
        .maxRequestLength(0)
        .requestTimeout(PATIENCE)
        .build(this::receive);
  }

  private HttpResponse receive(ServiceRequestContext context, HttpRequest request) {
    OcpiRequest head = read(context.path(), request.path(), request.headers(), NOTHING);
    return HttpResponse.of(
        CompletableFuture.supplyAsync(() -> ocpi.knows(head.headers()), workers)
            .thenCompose(known -> listen(context, request, head, known))
            .exceptionally(error -> failed(head, error)));
  }

  /** Nobody's body is not read: who has no token cannot make us wait by sending slowly. */
  private CompletionStage<HttpResponse> listen(
      ServiceRequestContext context, HttpRequest request, OcpiRequest head, boolean known) {
    if (!known) {
      Bodies.ignore(context, request);
      return CompletableFuture.supplyAsync(() -> response(ocpi.handle(head)), workers);
    }
    if (request.headers().contentLength() > MOST_BYTES) {
      Bodies.ignore(context, request);
      return CompletableFuture.completedFuture(refused(head, TOO_LARGE));
    }
    context.setMaxRequestLength(MOST_BYTES);
    return request.aggregate().thenApplyAsync(whole -> inTurn(head, whole), workers);
  }

  private HttpResponse inTurn(OcpiRequest head, AggregatedHttpRequest whole) {
    if (!places.tryAcquire()) {
      return refused(
          head, new OcpiProblem(503, OcpiStatus.SERVER_ERROR, "too many at the same time"));
    }
    try {
      return response(
          ocpi.handle(
              new OcpiRequest(
                  head.method(),
                  head.path(),
                  head.rawPath(),
                  head.query(),
                  head.headers(),
                  whole.content().array())));
    } finally {
      places.release();
    }
  }

  private static OcpiRequest read(String path, String target, RequestHeaders sent, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<? extends CharSequence, String> header : sent) {
      headers.putIfAbsent(String.valueOf((Object) header.getKey()), header.getValue());
    }
    int mark = target.indexOf('?');
    Map<String, String> query = new HashMap<>();
    if (mark >= 0) {
      QueryParams.fromQueryString(target.substring(mark + 1))
          .forEach((name, value) -> query.putIfAbsent(name, value));
    }
    String undecoded = mark < 0 ? target : target.substring(0, mark);
    return new OcpiRequest(sent.method().name(), pieces(undecoded), path, query, headers, body);
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

  private HttpResponse failed(OcpiRequest head, Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return refused(
        head,
        cause instanceof ContentTooLargeException
            ? TOO_LARGE
            : new OcpiProblem(400, OcpiStatus.CLIENT_ERROR, "the request could not be read"));
  }

  private HttpResponse refused(OcpiRequest head, OcpiProblem problem) {
    return response(ocpi.refuse(head, problem));
  }
}
