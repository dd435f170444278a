package org.ampay.payment.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ampay.base.TimeSource;
import org.jspecify.annotations.Nullable;

/** The bank of the sample provider: speaks over real sockets, keeps its own books. */
public final class ExampleBank implements AutoCloseable {

  /** The right secret of its merchant. */
  public static final String SECRET = "a-secret-of-the-bank";

  /** Its only merchant. */
  public static final String MERCHANT = "m-1";

  static final String HEADER = "x-bank-signature";
  static final String CARD = "card-1";

  private final TimeSource time;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Order> orders = new HashMap<>();
  private final List<Map<String, String>> lines = new ArrayList<>();
  private final Map<String, Long> moved = new HashMap<>();
  private final Deque<Rig.Fault> faults = new ArrayDeque<>();
  private final List<String> answers = new ArrayList<>();
  private int events;

  private static final class Order {
    final Map<String, String> asked;
    String state = "open";
    String reason = "";
    long held;
    long refundable;

    Order(Map<String, String> asked) {
      this.asked = asked;
    }

    String kind() {
      return Objects.requireNonNull(asked.get("kind"));
    }

    long amount() {
      return Long.parseLong(Objects.requireNonNull(asked.get("amount")));
    }

    String currency() {
      return Objects.requireNonNull(asked.get("currency"));
    }

    String reference() {
      return Objects.requireNonNull(asked.get("reference"));
    }
  }

  /** A bank that is open. */
  public ExampleBank(TimeSource time) {
    this.time = time;
    try {
      this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/" + MERCHANT + "/", this::handle);
    server.start();
  }

  /** Its address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  // ---- its API ----

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String header = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(HEADER), "");
      Rig.Fault fault = fault();
      if (fault == Rig.Fault.DROP_CALL) {
        return;
      }
      if (fault == Rig.Fault.ERROR_500) {
        exchange.sendResponseHeaders(500, -1);
        return;
      }
      String path = exchange.getRequestURI().getPath().substring(("/v1/" + MERCHANT).length());
      String answer =
          isSigned(header, body)
              ? answer(path, parse(new String(body, StandardCharsets.UTF_8)), fault)
              : form(Map.of("state", "account", "reason", "the signature is wrong"));
      if (fault == Rig.Fault.DROP_ANSWER) {
        return;
      }
      byte[] told = answer.getBytes(StandardCharsets.UTF_8);
      byte[] key = fault == Rig.Fault.FORGED_SIGNATURE ? foreign() : secret();
      exchange.getResponseHeaders().add(HEADER, sign(key, time.now().getEpochSecond(), told));
      byte[] sent = fault == Rig.Fault.GARBAGE ? new byte[] {1, 2, 3} : told;
      exchange.sendResponseHeaders(200, sent.length == 0 ? -1 : sent.length);
      exchange.getResponseBody().write(sent);
    }
  }

  private synchronized Rig.@Nullable Fault fault() {
    return faults.poll();
  }

  private synchronized String answer(
      String path, Map<String, String> asked, Rig.@Nullable Fault fault) {
    if (path.startsWith("/statement/")) {
      String day = path.substring("/statement/".length());
      return lines.stream()
          .filter(line -> Objects.requireNonNull(line.get("at")).startsWith(day))
          .map(ExampleBank::form)
          .collect(Collectors.joining("\n"));
    }
    Order order =
        path.equals("/orders")
            ? place(asked, fault == Rig.Fault.DECLINE)
            : orders.get(path.substring("/orders/".length()));
    return order == null ? form(Map.of("state", "missing")) : told(order);
  }

  private String told(Order order) {
    if (order.state.equals("open") && time.now().isAfter(expiry(order))) {
      order.state = "refused";
      order.reason = "nobody paid";
    }
    Map<String, String> told = new TreeMap<>();
    told.put("id", "bank-" + order.reference());
    told.put("state", order.state);
    told.put("reason", order.reason);
    told.put("amount", Long.toString(order.amount()));
    told.put("currency", order.currency());
    told.put("action", "bank:" + order.reference());
    return form(told);
  }

  private static Instant expiry(Order order) {
    String told = order.asked.get("expires");
    return told == null ? Instant.MAX : Instant.parse(told);
  }

  /** An order that is known already is not done again. */
  private Order place(Map<String, String> asked, boolean decline) {
    Order fresh = new Order(asked);
    Order known = orders.putIfAbsent(fresh.reference(), fresh);
    if (known != null) {
      return known;
    }
    String why = decline ? "the bank does not want to" : does(fresh);
    if (!why.isEmpty()) {
      fresh.state = "refused";
      fresh.reason = why;
    }
    return fresh;
  }

  /** Does what needs no payer; returns why not. */
  private String does(Order order) {
    String named = order.asked.get("target");
    Order target = named == null ? null : orders.get(named);
    return switch (order.kind()) {
      case "present", "authorize" -> "";
      case "charge" -> CARD.equals(order.asked.get("method")) ? take(order) : "no such card";
      case "cancel" -> cancel(order, named, target);
      case "refund" -> target == null ? "no such payment" : refund(order, target);
      case "increment" -> target == null ? "no such hold" : increment(order, target);
      case "capture", "release" -> target == null ? "no such hold" : end(order, target);
      default -> "no such kind";
    };
  }

  private String take(Order order) {
    order.state = "done";
    order.refundable = order.amount();
    move(order, "PAYMENT", order.amount());
    return "";
  }

  private void move(Order order, String kind, long minor) {
    moved.merge(order.currency(), minor, Math::addExact);
    lines.add(
        Map.of(
            "kind", kind,
            "reference", order.reference(),
            "id", "bank-" + order.reference(),
            "amount", Long.toString(minor),
            "currency", order.currency(),
            "at", time.now().toString()));
  }

  /** What was cancelled before it came cannot be paid when it comes. */
  private String cancel(Order order, @Nullable String named, @Nullable Order target) {
    if (target != null && target.state.equals("done")) {
      return "too late, it was paid";
    }
    Order ended = target;
    if (ended == null) {
      Map<String, String> never = new HashMap<>(order.asked);
      never.put("reference", Objects.requireNonNull(named));
      ended = new Order(never);
      orders.put(ended.reference(), ended);
    }
    ended.state = "refused";
    ended.reason = "cancelled";
    order.state = "done";
    return "";
  }

  private String refund(Order order, Order target) {
    if (order.amount() > target.refundable) {
      return "more than was taken";
    }
    target.refundable -= order.amount();
    order.state = "done";
    move(order, "REFUND", -order.amount());
    return "";
  }

  private static String increment(Order order, Order target) {
    if (target.held == 0) {
      return "there is no hold any more";
    }
    target.held += order.amount();
    order.state = "done";
    return "";
  }

  /** Captures a part, or nothing; the rest goes back. */
  private String end(Order order, Order target) {
    if (target.held == 0 || order.amount() > target.held) {
      return "the hold is smaller, or over";
    }
    target.held = 0;
    if (order.kind().equals("capture")) {
      return take(order);
    }
    order.state = "done";
    return "";
  }

  // ---- its payers ----

  /** The payer agrees; the merchant is called back. */
  public void pay(String action) {
    Map<String, String> news;
    synchronized (this) {
      Order order = orders.get(action.substring("bank:".length()));
      if (order == null || !order.state.equals("open") || time.now().isAfter(expiry(order))) {
        return;
      }
      if (order.kind().equals("authorize")) {
        order.state = "done";
        order.held = order.amount();
      } else {
        take(order);
      }
      news = news(order);
    }
    callBack(Objects.requireNonNull(news.remove("notify")), news);
  }

  private Map<String, String> news(Order order) {
    Map<String, String> news = new TreeMap<>();
    news.put("event", "ev-" + ++events);
    news.put("merchant", MERCHANT);
    news.put("reference", order.reference());
    news.put("id", "bank-" + order.reference());
    news.put("state", order.state);
    news.put("amount", Long.toString(order.amount()));
    news.put("currency", order.currency());
    news.put("notify", Objects.requireNonNull(order.asked.get("notify")));
    return news;
  }

  private void callBack(String address, Map<String, String> news) {
    byte[] body = form(news).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header(HEADER, sign(secret(), time.now().getEpochSecond(), body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      answers.add(answer.statusCode() + " " + answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- for tests ----

  /** How the merchant answered its callbacks, in order. */
  public List<String> answers() {
    return List.copyOf(answers);
  }

  /** What goes wrong with the next call. */
  public synchronized void next(Rig.Fault fault) {
    faults.add(fault);
  }

  /** What its merchant got, refunds taken off. */
  public synchronized long moved(String currency) {
    return moved.getOrDefault(currency, 0L);
  }

  /** What is set aside now. */
  public synchronized long held(String currency) {
    return orders.values().stream()
        .filter(order -> order.currency().equals(currency))
        .mapToLong(order -> order.held)
        .sum();
  }

  LocalDate today() {
    return time.now().atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** A body with its right signature. */
  public static String signed(long second, String body) {
    return sign(secret(), second, body.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] secret() {
    return SECRET.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] foreign() {
    return "somebody else's key".getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isSigned(String header, byte[] body) {
    String[] parts = header.split("[=,]", -1);
    return parts.length == 4 && sign(secret(), Long.parseLong(parts[1]), body).equals(header);
  }

  static String sign(byte[] key, long second, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((second + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + second + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String form(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
  }

  static Map<String, String> parse(String form) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : form.split("&", -1)) {
      int at = pair.indexOf('=');
      values.put(
          pair.substring(0, Math.max(0, at)),
          URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return values;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    http.close();
  }
}
