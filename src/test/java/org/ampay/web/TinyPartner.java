package org.ampay.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An eMSP of a few lines whose answers a test sets, also such that no partner should give. */
final class TinyPartner implements AutoCloseable {

  /** Writes an answer. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  /** {@code GET /versions Token abc}, in the order they came. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  TinyPartner() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(workers);
    server.createContext("/", this::serve);
    server.start();
    answers.put("/versions", ok("[{\"version\":\"2.2.1\",\"url\":\"" + url("/2.2.1") + "\"}]"));
    answers.put("/2.2.1", details("credentials"));
    answers.put("/credentials", ok(credentials("from-tiny")));
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    calls.add(
        exchange.getRequestMethod()
            + " "
            + path
            + " "
            + exchange.getRequestHeaders().getFirst("authorization"));
    answers.getOrDefault(path, status(404, "")).to(exchange);
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  void answers(String path, Answer answer) {
    answers.put(path, answer);
  }

  static Answer ok(String data) {
    return status(
        200,
        "{\"data\":%s,\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}"
            .formatted(data));
  }

  static Answer status(int http, String body) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(http, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  Answer details(String module) {
    return ok(
        """
        {"version":"2.2.1","endpoints":[{"identifier":"%s","role":"SENDER","url":"%s"}]}\
        """
            .formatted(module, url("/" + module)));
  }

  /** Its credentials as DE*EMP. */
  String credentials(String token) {
    return credentials(token, url("/versions"), "EMP");
  }

  static String credentials(String token, URI versions, String party) {
    return """
    {"token":"%s","url":"%s","roles":[{"role":"EMSP","country_code":"DE","party_id":"%s",
    "business_details":{"name":"Tiny"}}]}\
    """
        .formatted(token, versions, party);
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
