package org.ampay.payment.provider.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * The way of the SDK to the network. Its own one keeps five connections at most, forgets them after
 * five seconds, repeats a POST by itself when a connection was closed, and does not tell a call
 * that never left from one whose answer was lost; this one pools, never repeats, and tells.
 */
final class StripeHttp extends com.stripe.net.HttpClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int LONGEST = 16 << 20;

  private final HttpClient client;

  StripeHttp(URI gateway) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
    // Without TLS there is no HTTP/2 to agree on: no attempt to upgrade each connection.
    builder.version(
        gateway.getScheme().equals("https")
            ? HttpClient.Version.HTTP_2
            : HttpClient.Version.HTTP_1_1);
    this.client = builder.build();
  }

  /** Whether an error proves that the call never left. */
  static boolean neverLeft(ApiConnectionException e) {
    return e.getCause() instanceof NeverLeft;
  }

  /** No connection was made. */
  private static final class NeverLeft extends IOException {

    private static final long serialVersionUID = 1L;

    NeverLeft(Throwable cause) {
      super(cause);
    }
  }

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    try {
      HttpResponse<byte[]> answer =
          client.send(
              http(request),
              HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST));
      return new StripeResponse(
          answer.statusCode(),
          HttpHeaders.of(answer.headers().map()),
          new String(answer.body(), StandardCharsets.UTF_8));
    } catch (ConnectException | HttpConnectTimeoutException | UnresolvedAddressException e) {
      throw new ApiConnectionException("no connection to Stripe", new NeverLeft(e));
    } catch (IOException e) {
      throw new ApiConnectionException("no answer from Stripe", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiConnectionException("interrupted", e);
    }
  }

  private static HttpRequest http(StripeRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(request.url().toString())).timeout(ANSWER);
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> header(builder, name, value)));
    builder.header("User-Agent", "Ampay Stripe/v1 JavaBindings/" + com.stripe.Stripe.VERSION);
    HttpContent content = request.content();
    if (content == null) {
      return builder.method(request.method().name(), HttpRequest.BodyPublishers.noBody()).build();
    }
    builder.setHeader("Content-Type", content.contentType());
    return builder
        .method(
            request.method().name(),
            HttpRequest.BodyPublishers.ofByteArray(content.byteArrayContent()))
        .build();
  }

  private static void header(HttpRequest.Builder builder, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.equals("user-agent") && !lower.equals("content-type")) {
      builder.header(name, value);
    }
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
