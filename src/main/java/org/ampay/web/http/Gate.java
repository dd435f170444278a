package org.ampay.web.http;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Brings requests to handlers that may block: reads the body, runs the handler on a thread of the
 * executor, bounds how many run at a time, and turns faults into answers.
 */
public final class Gate {

  private final Executor executor;
  private final Semaphore places;
  private final long maxBody;

  /**
   * @param executor a virtual thread a task
   * @param maxConcurrent how many handlers run at a time; what comes above gets 503
   * @param maxBody bytes, for the message of 413
   */
  public Gate(Executor executor, int maxConcurrent, long maxBody) {
    this.executor = executor;
    this.places = new Semaphore(maxConcurrent);
    this.maxBody = maxBody;
  }

  /**
   * An Armeria service of a handler.
   *
   * @param failed makes the answer of a problem
   */
  public HttpService service(
      Function<Call, Answer> handler, BiFunction<Call, Problem, Answer> failed) {
    return (context, request) -> HttpResponse.of(serve(context, request, handler, failed));
  }

  /** As {@link #service}, answering problems as JSON. */
  public HttpService jsonService(Function<Call, Answer> handler) {
    return service(handler, (call, problem) -> Answer.problem(problem));
  }

  private CompletableFuture<HttpResponse> serve(
      ServiceRequestContext context,
      HttpRequest request,
      Function<Call, Answer> handler,
      BiFunction<Call, Problem, Answer> failed) {
    if (!places.tryAcquire()) {
      Answer busy = Answer.problem(Problem.unavailable("too many requests at the same time"));
      return CompletableFuture.completedFuture(response(busy.with("retry-after", "1")));
    }
    return request
        .aggregate()
        .thenApplyAsync(
            whole -> {
              Call call = new Call(context, whole);
              return response(context, answer(call, handler, failed));
            },
            executor)
        .exceptionally(this::unread)
        .whenComplete((done, error) -> places.release());
  }

  private static Answer answer(
      Call call, Function<Call, Answer> handler, BiFunction<Call, Problem, Answer> failed) {
    try {
      return handler.apply(call);
    } catch (RuntimeException e) {
      return failed.apply(call, Faults.problem(e, call));
    } catch (Error e) {
      // A class that is missing, a stack that is full: our fault, not the caller's.
      return failed.apply(call, Faults.problem(new IllegalStateException(e), call));
    }
  }

  private HttpResponse unread(Throwable error) {
    Throwable cause =
        error instanceof CompletionException e && e.getCause() != null ? e.getCause() : error;
    Problem problem =
        cause instanceof ContentTooLargeException
            ? Problem.tooLarge(maxBody)
            : Problem.other(400, "unreadable", "The request could not be read");
    return response(Answer.problem(problem));
  }

  private HttpResponse response(ServiceRequestContext context, Answer answer) {
    Answer.Chunks chunks = answer.chunks();
    if (chunks == null) {
      return response(answer);
    }
    context.clearRequestTimeout(); // it lasts as long as its reader takes it
    HttpResponseWriter writer = HttpResponse.streaming();
    executor.execute(() -> write(writer, answer, chunks));
    return writer;
  }

  /** Each piece is made when the one before has gone. */
  private static void write(HttpResponseWriter writer, Answer answer, Answer.Chunks chunks) {
    try {
      writer.write(headers(answer));
      for (String next = chunks.next(); next != null; next = chunks.next()) {
        if (!writer.tryWrite(HttpData.ofUtf8(next))) {
          return; // the reader has gone
        }
        writer.whenConsumed().join();
      }
      writer.close();
    } catch (RuntimeException e) {
      writer.close(e);
    }
  }

  private static ResponseHeaders headers(Answer answer) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(answer.status()).set("content-type", answer.contentType());
    if (!answer.headers().containsKey("cache-control")) {
      headers.set("cache-control", "no-store");
    }
    answer.headers().forEach(headers::set);
    return headers.build();
  }

  private static HttpResponse response(Answer answer) {
    return HttpResponse.of(headers(answer), HttpData.ofUtf8(answer.body()));
  }
}
