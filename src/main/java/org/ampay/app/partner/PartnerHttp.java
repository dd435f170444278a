package org.ampay.app.partner;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ampay.app.HostPort;
import org.jspecify.annotations.Nullable;

/** The partner's HTTP server: OCPI with faults by script, and a page for people. */
final class PartnerHttp implements AutoCloseable {

  private static final int MAX_BODY = 8 << 20;

  private final FrontDesk desk;
  private final PartnerFaults faults;
  private final Supplier<String> page;
  private final Executor workers;
  private @Nullable Server server;
  private volatile @Nullable URI address;

  PartnerHttp(FrontDesk desk, PartnerFaults faults, Supplier<String> page, Executor workers) {
    this.desk = desk;
    this.faults = faults;
    this.page = page;
    this.workers = workers;
  }

  void listen(HostPort at) {
    Server made =
        Server.builder()
            .http(new InetSocketAddress(at.host(), at.port()))
            .maxRequestLength(MAX_BODY)
            .requestTimeout(Duration.ofMinutes(2))
            .disableServerHeader()
            .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
            .serviceUnder("/", this::serve)
            .build();
    made.start().join();
    server = made;
    address = URI.create("http://" + new HostPort(at.host(), made.activeLocalPort()));
  }

  URI address() {
    return Objects.requireNonNull(address, "asked before it listens");
  }

  private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    CompletableFuture<HttpResponse> answer =
        request.aggregate().thenApplyAsync(whole -> answer(whole), workers);
    return HttpResponse.of(answer);
  }

  private HttpResponse answer(AggregatedHttpRequest request) {
    Incoming call = call(request);
    if (call.path().isEmpty()) {
      return HttpResponse.of(HttpStatus.OK, MediaType.HTML_UTF_8, page.get());
    }
    Optional<PartnerFaults.Rule> met = faults.met(call.module(), call.method());
    return met.isEmpty() ? http(call, desk.answer(call)) : faulty(call, met.get());
  }

  private HttpResponse faulty(Incoming call, PartnerFaults.Rule met) {
    return switch (met.fault()) {
      case SLOW -> {
        Outgoing done = desk.answer(call);
        late(met.delay());
        yield http(call, done);
      }
      case ANSWER_LOST -> {
        desk.answer(call);
        yield HttpResponse.ofFailure(AbortedStreamException.get());
      }
      case CALL_LOST -> HttpResponse.ofFailure(AbortedStreamException.get());
      case ERROR_500 -> HttpResponse.of(HttpStatus.INTERNAL_SERVER_ERROR);
      case TOO_MANY ->
          HttpResponse.of(
              ResponseHeaders.builder(HttpStatus.TOO_MANY_REQUESTS)
                  .set("retry-after", "1")
                  .build());
      case STATUS_3000 -> http(call, Outgoing.refused(200, 3000, "sorry"));
      case STATUS_2001 -> http(call, Outgoing.invalid("not today"));
      case UNAUTHORIZED -> http(call, Outgoing.refused(401, 2001, "unknown token"));
      case NONSENSE ->
          HttpResponse.of(
              HttpStatus.OK,
              MediaType.JSON_UTF_8,
              HttpData.wrap(new byte[] {'<', 'h', (byte) 0xff, 0, '}', '{', (byte) 0xc3}));
      case NO_ENVELOPE -> HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, "[\"hello\"]");
      case SAME_PAGE_AGAIN -> {
        String again = address() + "/" + String.join("/", call.path()) + "?offset=0";
        yield http(call, desk.answer(call).with("link", "<" + again + ">; rel=\"next\""));
      }
    };
  }

  private static void late(Duration delay) {
    try {
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse http(Incoming call, Outgoing answer) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(answer.http()).contentType(MediaType.JSON_UTF_8);
    desk.echoed(call).forEach(headers::set);
    answer.headers().forEach(headers::set);
    return HttpResponse.of(
        headers.build(), HttpData.wrap(PartnerJson.bytes(desk.envelope(answer))));
  }

  private static Incoming call(AggregatedHttpRequest request) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach((name, value) -> headers.putIfAbsent(String.valueOf((Object) name), value));
    String target = request.path();
    int mark = target.indexOf('?');
    return new Incoming(
        request.method().name(),
        Addresses.segments(mark < 0 ? target : target.substring(0, mark)),
        mark < 0 ? Map.of() : Addresses.query(target.substring(mark + 1)),
        headers,
        request.content().array());
  }

  @Override
  public void close() {
    Server started = server;
    if (started != null) {
      started.stop();
    }
  }
}
