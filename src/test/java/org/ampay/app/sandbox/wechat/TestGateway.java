package org.ampay.app.sandbox.wechat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.ampay.payment.kit.Rig;

/** The WeChat of our own behind a real socket, with the kit's faults on the way. */
final class TestGateway implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Optional<Rig.Fault>> next = new AtomicReference<>(Optional.empty());
  private final WechatApi api;

  TestGateway(WechatDesk desk) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api = new WechatApi(desk, address());
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void next(Rig.Fault fault) {
    next.set(Optional.of(fault));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      WechatCall call =
          new WechatCall(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              header(exchange, "Authorization"),
              header(exchange, "Wechatpay-Serial"),
              exchange.getRequestBody().readAllBytes());
      Optional<Rig.Fault> fault = next.getAndSet(Optional.empty());
      if (fault.isEmpty()) {
        send(exchange, api.answer(call, WechatApi.Oddity.NONE));
        return;
      }
      switch (fault.get()) {
        case DECLINE -> send(exchange, api.answer(call, WechatApi.Oddity.REFUSE));
        case FORGED_SIGNATURE -> send(exchange, api.answer(call, WechatApi.Oddity.FORGE));
        case DROP_ANSWER -> api.answer(call, WechatApi.Oddity.NONE);
        case GARBAGE -> {
          api.answer(call, WechatApi.Oddity.NONE);
          byte[] garbage = "<html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, garbage.length);
          exchange.getResponseBody().write(garbage);
        }
        case ERROR_500 -> exchange.sendResponseHeaders(500, -1);
        case DROP_CALL -> {
          // Closed without a word.
        }
      }
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private static void send(HttpExchange exchange, WechatAnswer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    if (answer.body().length > 0) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
