package org.ampay.app.sandbox.alipay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.ampay.base.TestTime;
import org.ampay.payment.kit.Rig;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.alipay.AlipayFactory;

/** The real SDK against the Alipay of our own over real sockets. */
class AlipayRig implements Rig {

  private static final AlipayKeys KEYS = new AlipayKeys();
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final TestTime clock = new TestTime(Instant.parse("2026-03-09T02:00:00Z"));
  private final AlipayState state = new AlipayState(clock);
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Optional<Fault>> next = new AtomicReference<>(Optional.empty());
  private final AlipayGateway gateway;
  private final RemoteProvider provider;

  AlipayRig() throws IOException, SettingException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    gateway = new AlipayGateway(KEYS, state, clock, address);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    Map<String, String> settings = new HashMap<>(KEYS.settings());
    settings.put("gateway", address + "/gateway.do");
    settings.put("timeout_seconds", "5");
    provider =
        new AlipayFactory()
            .open(
                new AccountSettings(1, 1, "main", settings),
                new ProviderContext(
                    clock, new SecureRandom(), URI.create("http://127.0.0.1:9/hooks/alipay/main")));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      if (uri.getPath().equals("/bill")) {
        send(exchange, 200, AlipayBill.zip(state, uri.getQuery().substring("day=".length())));
        return;
      }
      Map<String, String> call = form(uri.getRawQuery());
      call.putAll(
          form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      Optional<Fault> fault = next.getAndSet(Optional.empty());
      if (fault.isEmpty()) {
        answer(exchange, call, AlipayGateway.Oddity.NONE);
        return;
      }
      switch (fault.get()) {
        case DECLINE -> answer(exchange, call, AlipayGateway.Oddity.DECLINE);
        case FORGED_SIGNATURE -> answer(exchange, call, AlipayGateway.Oddity.FORGE);
        case DROP_ANSWER -> gateway.answer(call, AlipayGateway.Oddity.NONE);
        case GARBAGE -> {
          gateway.answer(call, AlipayGateway.Oddity.NONE);
          send(exchange, 200, "<html>".getBytes(StandardCharsets.UTF_8));
        }
        case ERROR_500 -> exchange.sendResponseHeaders(500, -1);
        case DROP_CALL -> {
          // Closed without a word.
        }
      }
    }
  }

  private void answer(HttpExchange exchange, Map<String, String> call, AlipayGateway.Oddity oddity)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
    send(exchange, 200, gateway.answer(call, oddity).getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> form(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  @Override
  public RemoteProvider provider() {
    return provider;
  }

  @Override
  public String currency() {
    return "CNY";
  }

  @Override
  public Form form() {
    return Form.QR;
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void advance(Duration duration) {
    clock.advance(duration);
  }

  @Override
  public Duration settlingWindow() {
    return Duration.ofSeconds(60);
  }

  @Override
  public void payerAgrees(Outcome.ActionRequired action) {
    state.agree(action.action());
  }

  @Override
  public void payerDeclines(Outcome.ActionRequired action) {
    state.look(action.action());
  }

  @Override
  public Optional<PaymentCommand.SavedMethod> savedMethod() {
    return Optional.empty();
  }

  @Override
  public void next(Fault fault) {
    next.set(Optional.of(fault));
  }

  @Override
  public long moved(String currency) {
    return currency.equals("CNY") ? state.moved() : 0;
  }

  @Override
  public long held(String currency) {
    return currency.equals("CNY") ? state.held() : 0;
  }

  @Override
  public Optional<RawCallback> nextCallback() {
    return Optional.ofNullable(state.told.poll()).map(one -> raw(KEYS.signed(one, false)));
  }

  private RawCallback raw(Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return new RawCallback(
        Map.of("content-type", "application/x-www-form-urlencoded; charset=UTF-8"),
        body.getBytes(StandardCharsets.UTF_8),
        now());
  }

  private static Map<String, String> form(RawCallback sent) {
    return form(new String(sent.body(), StandardCharsets.UTF_8));
  }

  @Override
  public RawCallback resigned(RawCallback sent, Change change) {
    Map<String, String> form = form(sent);
    String amount = form.containsKey("amount") ? "amount" : "total_amount";
    switch (change) {
      case OTHER_MERCHANT -> form.put("app_id", "2021000000000002");
      case OTHER_AMOUNT ->
          form.computeIfPresent(
              amount,
              (name, yuan) ->
                  AlipayGateway.yuan(
                      new java.math.BigDecimal(yuan).movePointRight(2).longValueExact() + 1));
    }
    return raw(KEYS.signed(form, false));
  }

  @Override
  public RawCallback unsigned(RawCallback sent) {
    Map<String, String> form = form(sent);
    form.remove("sign");
    return raw(form);
  }

  @Override
  public RawCallback forged(RawCallback sent) {
    return raw(KEYS.signed(form(sent), true));
  }

  @Override
  public LocalDate closeDay() {
    LocalDate day = now().atZone(ZONE).toLocalDate();
    clock.set(day.plusDays(1).atTime(10, 0).atZone(ZONE).toInstant());
    return day;
  }

  @Override
  public void close() {
    provider.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
