package org.ampay.app.sandbox;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.ampay.app.HostPort;
import org.jspecify.annotations.Nullable;

/** The gateway's HTTP server: the wires' calls with their faults, payer pages, control. */
final class SandboxHttp implements AutoCloseable {

  private static final int MAX_BODY = 1 << 20;

  /** Addresses of pages are signed, and are part of the address of the payer's page. */
  private static final int MAX_LINE = 1 << 14;

  private final SandboxState state;
  private final SandboxFaults faults;
  private final SandboxControl control;
  private final Executor workers;
  private final CountDownLatch opened = new CountDownLatch(1);
  private @Nullable Server server;
  private volatile @Nullable URI address;

  SandboxHttp(SandboxState state, SandboxFaults faults, SandboxControl control, Executor workers) {
    this.state = state;
    this.faults = faults;
    this.control = control;
    this.workers = workers;
  }

  void listen(HostPort at) {
    Server made =
        Server.builder()
            .http(new InetSocketAddress(at.host(), at.port()))
            .maxRequestLength(MAX_BODY)
            .http1MaxInitialLineLength(MAX_LINE)
            .requestTimeout(Duration.ofMinutes(2))
            .idleTimeout(Duration.ofMinutes(2))
            .disableServerHeader()
            .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
            .serviceUnder("/", this::serve)
            .build();
    made.start().join();
    server = made;
    address = URI.create("http://" + new HostPort(at.host(), made.activeLocalPort()));
  }

  /** Lets the calls through that came while the past was repeated. */
  void open() {
    opened.countDown();
  }

  URI address() {
    return Objects.requireNonNull(address, "asked before it listens");
  }

  private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    boolean loopback = context.remoteAddress().getAddress().isLoopbackAddress();
    CompletableFuture<HttpResponse> answer =
        request.aggregate().thenApplyAsync(whole -> answer(whole, loopback), workers);
    return HttpResponse.of(answer);
  }

  private HttpResponse answer(AggregatedHttpRequest request, boolean loopback) {
    try {
      opened.await();
      SandboxCall call = call(request);
      if (call.path().startsWith(SandboxControl.PATH)) {
        return http(control.answer(call, loopback));
      }
      Optional<SandboxWire> wire = state.ofPath(call.path());
      return wire.isEmpty()
          ? http(SandboxAnswer.json(404, "{\"error\":{\"message\":\"no such address\"}}"))
          : answer(wire.get(), call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HttpResponse.ofFailure(AbortedStreamException.get());
    }
  }

  private HttpResponse answer(SandboxWire wire, SandboxCall call) throws InterruptedException {
    Optional<SandboxFaults.Rule> met =
        faults.ofCall(wire.provider(), wire.operation(call), wire.reads(call));
    if (met.isEmpty()) {
      return http(state.answer(wire, call, SandboxWire.Oddity.NONE));
    }
    return switch (met.get().fault()) {
      case DECLINE -> http(state.answer(wire, call, SandboxWire.Oddity.DECLINE));
      case FORGED_SIGNATURE -> http(state.answer(wire, call, SandboxWire.Oddity.FORGED_SIGNATURE));
      case DELAY -> {
        SandboxAnswer done = state.answer(wire, call, SandboxWire.Oddity.NONE);
        TimeUnit.NANOSECONDS.sleep(met.get().delay().toNanos());
        yield http(done);
      }
      case DROP_ANSWER -> {
        state.answer(wire, call, SandboxWire.Oddity.NONE);
        yield HttpResponse.ofFailure(AbortedStreamException.get());
      }
      case DROP_CALL -> HttpResponse.ofFailure(AbortedStreamException.get());
      case GARBAGE -> {
        SandboxAnswer done = state.answer(wire, call, SandboxWire.Oddity.NONE);
        byte[] bytes = {'<', 'h', (byte) 0xff, 0, '}', '{', (byte) 0xc3};
        yield http(new SandboxAnswer(200, done.contentType(), bytes, Map.of()));
      }
      case ERROR_500, LOSE, DUPLICATE, REORDER, DELAY_CALLBACK, FORGE ->
          http(SandboxAnswer.json(500, "{\"error\":{\"message\":\"internal\"}}"));
    };
  }

  private static SandboxCall call(AggregatedHttpRequest request) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach((name, value) -> headers.putIfAbsent(String.valueOf((Object) name), value));
    return new SandboxCall(
        request.method().name(), request.path(), headers, request.content().array());
  }

  private static HttpResponse http(SandboxAnswer answer) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(answer.status());
    if (!answer.contentType().isEmpty()) {
      headers.set("content-type", answer.contentType());
    }
    answer.headers().forEach(headers::set);
    return HttpResponse.of(headers.build(), HttpData.wrap(answer.body()));
  }

  @Override
  public void close() {
    Server started = server;
    if (started != null) {
      // Its listening ends at once; its threads take their time, which nobody needs to wait for.
      started.stop();
    }
  }
}
