package org.ampay.web.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.ampay.app.sandbox.alipay.AlipayGateway;
import org.ampay.app.sandbox.alipay.AlipayGateway.Oddity;
import org.ampay.app.sandbox.alipay.AlipayKeys;
import org.ampay.app.sandbox.alipay.AlipayState;

/** Alipay's real SDK against an Alipay of our own, which calls back by HTTP. */
final class AlipayTill implements Till {

  private static final String HOOK = "/hooks/alipay/alipay";

  private static final class Shared {
    static final Alipay ALIPAY = new Alipay();
  }

  private final String flow;

  AlipayTill(String flow) {
    this.flow = flow;
  }

  /** The gateway on a socket, and the operator's account with it. */
  private static final class Alipay {
    final AlipayKeys keys = new AlipayKeys();
    final AlipayState state =
        new AlipayState(OrderStories.STAGE.server.server().foundation().time());
    final AtomicBoolean refuses = new AtomicBoolean();
    final AtomicBoolean loses = new AtomicBoolean();
    final AtomicBoolean delays = new AtomicBoolean();
    final Queue<Map<String, String>> late = new ConcurrentLinkedQueue<>();
    final HttpClient http = HttpClient.newHttpClient();
    final AlipayGateway gateway;
    final long account;

    Alipay() {
      try {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        gateway =
            new AlipayGateway(
                keys, state, OrderStories.STAGE.server.server().foundation().time(), address);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        account = account(address);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private long account(String address) {
      Map<String, String> settings = new HashMap<>(keys.settings());
      settings.put("gateway", address + "/gateway.do");
      return OrderStories.STAGE
          .server
          .api()
          .post(
              "/payment-accounts",
              Map.of("provider", "alipay", "code", "alipay", "name", "A", "settings", settings))
          .expect(201)
          .path("id")
          .asLong();
    }

    private void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        Map<String, String> call = form(exchange.getRequestURI().getRawQuery());
        byte[] body = exchange.getRequestBody().readAllBytes();
        call.putAll(form(new String(body, StandardCharsets.UTF_8)));
        Oddity oddity = refuses.getAndSet(false) ? Oddity.DECLINE : Oddity.NONE;
        byte[] answer = gateway.answer(call, oddity).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
      }
    }

    private static Map<String, String> form(String text) {
      Map<String, String> values = new TreeMap<>();
      for (String pair : text == null ? new String[0] : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          values.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
      return values;
    }

    /** Tells the merchant all that happened, unless the next of it is to be lost. */
    void callBack() {
      for (Map<String, String> news = state.told.poll(); news != null; news = state.told.poll()) {
        if (loses.getAndSet(false)) {
          continue;
        }
        if (delays.getAndSet(false)) {
          late.add(news);
          continue;
        }
        tell(news);
      }
    }

    private void tell(Map<String, String> news) {
      String body =
          keys.signed(news, false).entrySet().stream()
              .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(OrderStories.STAGE.url(HOOK)))
              .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      send(request);
    }

    private void send(HttpRequest request) {
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (!answer.body().equals("success")) {
          throw new AssertionError("callback: " + answer.statusCode() + " " + answer.body());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public String way() {
    return "alipay-" + Shared.ALIPAY.account + "-" + flow + "-qr";
  }

  @Override
  public void agrees(Stage.Order order) {
    if (!Shared.ALIPAY.state.agree(order.action())) {
      throw new AssertionError("nobody can pay that code any more");
    }
    Shared.ALIPAY.callBack();
  }

  /** Who scans and then says no only looked at it. */
  @Override
  public void declines(Stage.Order order) {
    Shared.ALIPAY.state.look(order.action());
  }

  @Override
  public void leaves(Stage.Order order) {
    Shared.ALIPAY.state.look(order.action());
  }

  @Override
  public void refuses() {
    Shared.ALIPAY.refuses.set(true);
  }

  @Override
  public void losesCallback() {
    Shared.ALIPAY.loses.set(true);
  }

  @Override
  public void delaysCallback() {
    Shared.ALIPAY.delays.set(true);
  }

  @Override
  public void sendsLateCallback() {
    for (Map<String, String> news = Shared.ALIPAY.late.poll();
        news != null;
        news = Shared.ALIPAY.late.poll()) {
      Shared.ALIPAY.tell(news);
    }
  }

  @Override
  public long moved() {
    return Shared.ALIPAY.state.moved();
  }

  @Override
  public long held() {
    return Shared.ALIPAY.state.held();
  }
}
