package org.ampay.web.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One HTTP request, read to its end. */
public final class Call {

  private final ServiceRequestContext context;
  private final AggregatedHttpRequest request;

  public Call(ServiceRequestContext context, AggregatedHttpRequest request) {
    this.context = context;
    this.request = request;
  }

  public String method() {
    return request.method().name();
  }

  /** Without the query. */
  public String path() {
    return context.path();
  }

  /** The path without what opens an order to whoever knows it: for logs. */
  public String loggedPath() {
    return path().replaceFirst("^(/pay/orders/)[^/]+", "$1…");
  }

  /** Path and query as the client wrote them. */
  public String target() {
    return request.path();
  }

  /** A variable of the path, percent-decoded. */
  public String pathParam(String name) {
    String value = context.pathParam(name);
    if (value == null) {
      throw new IllegalStateException("the route has no path variable '" + name + "'");
    }
    return value;
  }

  /** A parameter of the query, empty when it is absent or blank. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(v -> !v.isBlank());
  }

  /** All parameters of the query. */
  public QueryParams queryParams() {
    return context.queryParams();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(request.headers().get(name));
  }

  /** The body as UTF-8. */
  public String body() {
    return request.content(StandardCharsets.UTF_8);
  }

  /** Fields of an HTML form, which the size of the body bounds: none is silently left out. */
  public QueryParams form() {
    return QueryParams.fromQueryString(body(), Integer.MAX_VALUE);
  }

  public Optional<String> cookie(String name) {
    return request.headers().cookies().stream()
        .filter(c -> c.name().equals(name))
        .map(Cookie::value)
        .findFirst();
  }

  /** Host and port as the client wrote them. */
  public Optional<String> authority() {
    return Optional.ofNullable(request.headers().authority());
  }

  /** The address of the caller, without its port. */
  public String address() {
    return context.clientAddress().getHostAddress();
  }

  /** Answers may take as long as they need: something else bounds them. */
  public void withoutTimeout() {
    context.clearRequestTimeout();
  }

  /** True when the caller sits on this machine. */
  public boolean fromLoopback() {
    return context.remoteAddress() instanceof InetSocketAddress remote
        && remote.getAddress().isLoopbackAddress();
  }
}
