package org.ampay.web;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.ampay.web.api.Api;
import org.ampay.web.api.ApiFactory;
import org.ampay.web.command.Commands;
import org.ampay.web.command.StationKeys;
import org.ampay.web.console.Console;
import org.ampay.web.console.ConsoleFactory;
import org.ampay.web.driver.DriverPages;
import org.ampay.web.hook.HookService;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Assets;
import org.ampay.web.http.Call;
import org.ampay.web.http.ErrorAnswers;
import org.ampay.web.http.Gate;
import org.ampay.web.http.Problem;
import org.ampay.web.http.PublicUrl;
import org.ampay.web.http.VirtualBlocking;
import org.ampay.web.partner.PartnerService;
import org.ampay.web.report.FileService;

/** The HTTP server: console, JSON API, health and metrics. */
public final class WebServer implements AutoCloseable {

  /** Everything comes from here, nothing is embedded, and no script or style stands in a page. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final Server server;

  private WebServer(Server server) {
    this.server = server;
  }

  /**
   * Starts listening.
   *
   * @throws java.util.concurrent.CompletionException when the port cannot be bound
   */
  public static WebServer start(WebSettings settings, WebRooms rooms) {
    WebRooms.Ground ground = rooms.ground();
    Commands commands =
        new Commands(rooms.field().commands(), rooms.field().desk(), ground.audit());
    StationKeys keys = new StationKeys(rooms.security(), commands, ground.random());
    WebSettings.Limits limits = settings.limits();
    Api api = ApiFactory.create(rooms, commands, keys, limits.requestsPerSecond());
    Assets assets = new Assets();
    PublicUrl url = new PublicUrl(settings.publicUrl());
    Console console = ConsoleFactory.create(rooms, commands, keys, assets, url);
    Gate gate = new Gate(ground.threads().workers(), limits.maxConcurrent(), limits.maxBodyBytes());

    ServerBuilder builder = builder(settings, ground);
    health(builder, gate, settings, ground.health());
    assets.install(builder);
    api.install(builder, gate);
    new FileService(
            rooms.reported().files(),
            rooms.reported().links(),
            ground.time(),
            ground.threads().workers())
        .install(builder);
    DriverPages.of(rooms, assets, url).install(builder, gate);
    new HookService(rooms.paying().inbox(), ground.time(), ground.threads().workers())
        .install(builder);
    new PartnerService(rooms.roaming().server(), ground.threads().workers()).install(builder);
    console.install(builder, gate);
    builder.decorator(withSecurityHeaders());
    Server server = builder.build();
    try {
      server.start().join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "cannot listen for HTTP at "
              + settings.host()
              + ":"
              + settings.port()
              + ": "
              + (e.getCause() == null ? e : e.getCause()).getMessage(),
          e);
    }
    return new WebServer(server);
  }

  private static ServerBuilder builder(WebSettings settings, WebRooms.Ground ground) {
    WebSettings.Limits limits = settings.limits();
    VirtualBlocking blocking =
        new VirtualBlocking(ground.threads().workers(), ground.threads().timer());
    return Server.builder()
        .http(new InetSocketAddress(settings.host(), settings.port()))
        .blockingTaskExecutor(BlockingTaskExecutor.of(blocking), false)
        .maxRequestLength(limits.maxBodyBytes())
        .requestTimeout(limits.requestTimeout())
        .idleTimeout(limits.idleTimeout())
        .maxNumConnections(limits.maxConnections())
        .http1MaxInitialLineLength(8_192)
        .http1MaxHeaderSize(16_384)
        .errorHandler(new ErrorAnswers(limits.maxBodyBytes()))
        .disableServerHeader()
        .gracefulShutdownTimeout(Duration.ofMillis(500), Duration.ofSeconds(10))
        .meterRegistry(ground.health().metrics());
  }

  private static void health(
      ServerBuilder server, Gate gate, WebSettings settings, WebRooms.Health health) {
    server.route().get("/healthz").build(gate.jsonService(call -> Answer.text(200, "ok\n")));
    server.route().get("/readyz").build(gate.jsonService(call -> ready(health)));
    server
        .route()
        .get("/metrics")
        .build(gate.jsonService(call -> metrics(call, settings, health.metrics())));
  }

  private static Answer ready(WebRooms.Health health) {
    return health
        .unready()
        .get()
        .map(why -> Answer.problem(Problem.unavailable(why)))
        .orElseGet(() -> Answer.text(200, "ready\n"));
  }

  private static Answer metrics(Call call, WebSettings settings, PrometheusMeterRegistry registry) {
    Optional<String> token = settings.metricsToken();
    boolean allowed =
        token.isEmpty()
            ? call.fromLoopback()
            : call.header("authorization").filter(("Bearer " + token.get())::equals).isPresent();
    if (!allowed) {
      throw Problem.unauthorized("metrics need the configured token").exception();
    }
    return new Answer(
        200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape(), Map.of(), false);
  }

  private static DecoratingHttpServiceFunction withSecurityHeaders() {
    return (delegate, context, request) -> {
      HttpResponse response = delegate.serve(context, request);
      return response.mapHeaders(
          headers -> {
            ResponseHeadersBuilder more = headers.toBuilder();
            more.set("content-security-policy", CONTENT_POLICY);
            more.set("x-content-type-options", "nosniff");
            more.set("x-frame-options", "DENY");
            more.set("referrer-policy", "same-origin");
            more.set("cross-origin-opener-policy", "same-origin");
            more.set("permissions-policy", "camera=(), geolocation=(), microphone=()");
            return more.build();
          });
    };
  }

  /** The port it listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  @Override
  public void close() {
    server.stop().join();
  }
}
