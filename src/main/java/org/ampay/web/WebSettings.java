package org.ampay.web;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the HTTP server.
 *
 * @param host to bind, {@code 127.0.0.1} unless told otherwise
 * @param port 0: any free one
 * @param publicUrl what people type; with https cookies are Secure
 * @param metricsToken bearer token of {@code /metrics}; without it only this machine may read them
 */
public record WebSettings(
    String host, int port, Optional<URI> publicUrl, Optional<String> metricsToken, Limits limits) {

  /**
   * @param maxBodyBytes of a request
   * @param requestTimeout from the first byte to the last of the answer
   * @param idleTimeout of a connection without requests
   * @param maxConnections open at a time
   * @param maxConcurrent requests worked on at a time
   * @param requestsPerSecond of one API key
   */
  public record Limits(
      long maxBodyBytes,
      Duration requestTimeout,
      Duration idleTimeout,
      int maxConnections,
      int maxConcurrent,
      int requestsPerSecond) {

    public static final Limits DEFAULT =
        new Limits(1_048_576, Duration.ofSeconds(30), Duration.ofSeconds(60), 5_000, 512, 1_000);
  }

  /** With the usual limits. */
  public static WebSettings of(String host, int port) {
    return new WebSettings(host, port, Optional.empty(), Optional.empty(), Limits.DEFAULT);
  }
}
