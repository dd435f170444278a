package org.ampay.web.hook;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.ampay.base.TimeSource;
import org.ampay.payment.callback.Inbox;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.RawCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /hooks/{provider}/{account}}: hands the body to the inbox, byte for byte. Nobody
 * signs in here: a callback proves itself by its signature. Bodies are bounded and never logged.
 */
public final class HookService {

  private static final Logger LOG = LoggerFactory.getLogger(HookService.class);
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_AT_A_TIME = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Inbox inbox;
  private final TimeSource time;
  private final Executor workers;
  private final Semaphore places = new Semaphore(MOST_AT_A_TIME);

  /**
   * @param workers a virtual thread a task
   */
  public HookService(Inbox inbox, TimeSource time, Executor workers) {
    this.inbox = inbox;
    this.time = time;
    this.workers = workers;
  }

  /** Adds the path to a server. The service itself bounds the body, so that it can count. */
  public void install(ServerBuilder server) {
    server
        .route()
        .post("/hooks/{provider}/{account}")
        .maxRequestLength(0)
        .requestTimeout(PATIENCE)
        .build(this::receive);
  }

  private HttpResponse receive(ServiceRequestContext context, HttpRequest request) {
    String provider = Objects.requireNonNull(context.pathParam("provider"));
    String account = Objects.requireNonNull(context.pathParam("account"));
    if (request.headers().contentLength() > MOST_BYTES) {
      request.abort();
      return later(() -> inbox.tooLarge(provider, account));
    }
    if (!places.tryAcquire()) {
      request.abort();
      return response(new CallbackAnswer(503, "text/plain", "busy"));
    }
    context.setMaxRequestLength(MOST_BYTES);
    return HttpResponse.of(
        request
            .aggregate()
            .thenApplyAsync(whole -> inbox.receive(provider, account, raw(whole)), workers)
            .exceptionallyAsync(error -> failed(error, provider, account), workers)
            .thenApply(HookService::response)
            .whenComplete((done, error) -> places.release()));
  }

  private HttpResponse later(java.util.function.Supplier<CallbackAnswer> work) {
    return HttpResponse.of(
        CompletableFuture.supplyAsync(work, workers).thenApply(HookService::response));
  }

  /** Of a header that comes twice the first counts. */
  private RawCallback raw(AggregatedHttpRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<? extends CharSequence, String> header : request.headers()) {
      String name = String.valueOf(header.getKey());
      if (!name.startsWith(":")) {
        headers.putIfAbsent(name, header.getValue());
      }
    }
    return new RawCallback(headers, request.content().array(), time.now());
  }

  private CallbackAnswer failed(Throwable error, String provider, String account) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof ContentTooLargeException) {
      return inbox.tooLarge(provider, account);
    }
    LOG.warn("a callback of {} was not taken: {}", provider, cause.toString());
    return new CallbackAnswer(500, "text/plain", "not taken");
  }

  private static HttpResponse response(CallbackAnswer answer) {
    return HttpResponse.of(
        ResponseHeaders.builder(answer.status())
            .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .build(),
        HttpData.ofUtf8(answer.body()));
  }
}
