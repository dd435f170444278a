package org.ampay.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartnerTokens;
import org.ampay.ocpi.PartyRef;

/**
 * How long after a station's StatusNotification a partner has been told of it by a push over HTTP.
 * Stations, server and partner are in one process and meet over sockets.
 */
public final class PushBench implements AutoCloseable {

  private static final long PARTNER = 1;
  private static final String TOKEN = "token-of-the-bench-partner";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long LATE = NANOS_PER_SECOND;
  private static final int CHANGES_PER_SECOND = 1_000;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] DONE =
      "{\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}"
          .getBytes(StandardCharsets.US_ASCII);

  /** What a partner is told of what a 1.6 station says. */
  private static final List<Map.Entry<String, String>> STATES =
      List.of(Map.entry("Available", "AVAILABLE"), Map.entry("Unavailable", "INOPERATIVE"));

  /** A change on its way to the partner. */
  private record Change(String status, long nanos) {}

  private final TimeSource time;
  private final Consumer<String> out;
  private final HttpServer partner;
  private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Station> stations = new ArrayList<>();
  private final Map<String, Change> onTheWay = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
  private final AtomicLong calls = new AtomicLong();
  private final String at;

  /**
   * The bench; registers its partner.
   *
   * @param at where partners call the server: {@code http://127.0.0.1:8080}
   */
  public PushBench(PartnerBook partners, String at, TimeSource time, Consumer<String> out) {
    this.at = at;
    this.time = time;
    this.out = out;
    try {
      partner = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    partner.setExecutor(answers);
    partner.createContext("/", this::told);
    partner.start();
    partners.add(
        new PartnerBook.Change(partner(), new PartnerTokens(TOKEN, "token-of-theirs")), tx -> {});
  }

  private Partner partner() {
    URI locations =
        URI.create("http://127.0.0.1:" + partner.getAddress().getPort() + "/ocpi/2.2.1/locations");
    return new Partner(
        PARTNER,
        1,
        new PartyRef("CN", "AMP"),
        "EMSP",
        new PartyRef("DE", "EMP"),
        "Bench",
        Optional.empty(),
        Partner.State.REGISTERED,
        OcpiVersion.V2_2_1,
        List.of(new Partner.Endpoint("locations", InterfaceRole.RECEIVER, locations)),
        List.of(),
        Partner.TokenForm.BASE64);
  }

  /** A station of OCPP 1.6 with one connector that says one thing at a time. */
  private final class Station implements WebSocket.Listener {
    private final String identity;
    private final String uid;
    private final WebSocket socket;
    private int state;

    Station(String ocpp, String identity, String uid) {
      this.identity = identity;
      this.uid = uid;
      this.socket =
          http.newWebSocketBuilder()
              .subprotocols("ocpp1.6")
              .buildAsync(URI.create(ocpp + identity), this)
              .join();
    }

    CompletableFuture<WebSocket> boots() {
      return socket.sendText(
          "[2,\"b\",\"BootNotification\",{\"chargePointVendor\":\"Bench\","
              + "\"chargePointModel\":\"Bench\"}]",
          true);
    }

    /** The next state; nothing if the partner does not know the last one yet. */
    boolean changes() {
      state = (state + 1) % STATES.size();
      Change change = new Change(STATES.get(state).getValue(), time.nanos());
      boolean known = onTheWay.put(uid, change) == null;
      socket.sendText(
          String.format(
              Locale.ROOT,
              "[2,\"%d\",\"StatusNotification\",{\"connectorId\":1,\"errorCode\":\"NoError\","
                  + "\"status\":\"%s\"}]",
              change.nanos(),
              STATES.get(state).getKey()),
          true);
      return known;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      if (text.toString().startsWith("[4,")) {
        throw new IllegalStateException(identity + " is refused: " + text);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  /** The uids of the EVSEs by the identities of their stations, as the partner finds them. */
  private Map<String, String> evses() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(at + "/ocpi/2.2.1/locations"))
            .header("authorization", "Token " + TOKEN)
            .build();
    Map<String, String> uids = new LinkedHashMap<>();
    try {
      String page = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      for (JsonNode location : new ObjectMapper().readTree(page).path("data")) {
        for (JsonNode evse : location.path("evses")) {
          String[] id = evse.path("evse_id").asText().split("\\*");
          uids.put(id[2].substring(1), evse.path("uid").asText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return uids;
  }

  private void told(HttpExchange exchange) throws IOException {
    long now = time.nanos();
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.incrementAndGet();
      if (exchange.getRequestMethod().equals("PATCH")) {
        String path = exchange.getRequestURI().getPath();
        String uid = path.substring(path.lastIndexOf('/') + 1);
        Change change = onTheWay.get(uid);
        if (change != null
            && body.contains("\"" + change.status() + "\"")
            && onTheWay.remove(uid, change)) {
          delays.add(now - change.nanos());
        }
      }
      exchange.getResponseHeaders().add("content-type", "application/json");
      exchange.sendResponseHeaders(200, DONE.length);
      exchange.getResponseBody().write(DONE);
    }
  }

  /**
   * Runs.
   *
   * @param ocpp where the stations connect: {@code ws://127.0.0.1:9000/ocpp/}
   * @param count how many stations there are; they change one after the other
   */
  public void run(String ocpp, int count, Duration measured) {
    Map<String, String> evses = evses();
    for (long until = time.nanos() + PATIENCE.toNanos(); evses.size() < count; evses = evses()) {
      if (time.nanos() > until) {
        throw new IllegalStateException("the partner sees " + evses.size() + " EVSEs");
      }
      LockSupport.parkNanos(NANOS_PER_SECOND);
    }
    evses.forEach((identity, uid) -> stations.add(new Station(ocpp, identity, uid)));
    stations.forEach(station -> station.boots().join());
    LockSupport.parkNanos(NANOS_PER_SECOND);
    changes(WARM_UP);
    long behind = waitForRest();
    out.accept(String.format(Locale.ROOT, "warm; %,d were not told", behind));
    delays.clear();
    calls.set(0);
    onTheWay.clear();
    long begin = time.nanos();
    long overtaken = changes(measured);
    double seconds = (double) (time.nanos() - begin) / NANOS_PER_SECOND;
    long lost = waitForRest();
    report(seconds, overtaken, lost);
  }

  /** Spreads the changes evenly; how many were not told before their EVSE changed again. */
  private long changes(Duration during) {
    long begin = time.nanos();
    long overtaken = 0;
    long step = NANOS_PER_SECOND / CHANGES_PER_SECOND;
    long count = during.toNanos() / step;
    for (long i = 0; i < count; i++) {
      long wait = begin + i * step - time.nanos();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      if (!stations.get((int) (i % stations.size())).changes()) {
        overtaken++;
      }
    }
    return overtaken;
  }

  private long waitForRest() {
    long until = time.nanos() + PATIENCE.toNanos();
    while (!onTheWay.isEmpty() && time.nanos() < until) {
      LockSupport.parkNanos(NANOS_PER_SECOND / 10);
    }
    return onTheWay.size();
  }

  private void report(double seconds, long overtaken, long lost) {
    long[] sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
    long late = Arrays.stream(sorted).filter(nanos -> nanos > LATE).count();
    out.accept(
        String.format(
            Locale.ROOT,
            "EVSE status to a partner by push over HTTP: %,.0f changes/s (%,d in %.1f s), %,d"
                + " calls; told after p50 %.0f ms, p99 %.0f ms, at most %.0f ms; later than 1 s:"
                + " %,d; changed again before it was told: %,d; never told: %,d",
            (sorted.length + overtaken) / seconds,
            sorted.length + overtaken,
            seconds,
            calls.get(),
            share(sorted, 50),
            share(sorted, 99),
            share(sorted, 100),
            late,
            overtaken,
            lost));
  }

  private static double share(long[] sorted, int percent) {
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) * percent / 100] / NANOS_PER_MILLI;
  }

  @Override
  public void close() {
    stations.forEach(station -> station.socket.abort());
    partner.stop(0);
    answers.close();
    http.close();
  }
}
