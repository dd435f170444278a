package org.ampay.gateway;

import java.util.Set;

/** Settings of the gateway. The defaults are pinned by a test. */
public record GatewaySettings(
    Listen listen,
    Limits limits,
    Timeouts timeouts,
    Compression compression,
    MessageLogging messageLog,
    Tls tls) {

  /** What holds when nothing is configured. */
  public static GatewaySettings defaults() {
    return new GatewaySettings(
        Listen.defaults(),
        Limits.defaults(),
        Timeouts.defaults(),
        Compression.defaults(),
        MessageLogging.defaults(),
        Tls.defaults());
  }

  /** The same with another place to listen at. */
  public GatewaySettings with(Listen other) {
    return new GatewaySettings(other, limits, timeouts, compression, messageLog, tls);
  }

  /** The same with other limits. */
  public GatewaySettings with(Limits other) {
    return new GatewaySettings(listen, other, timeouts, compression, messageLog, tls);
  }

  /** The same with other time-outs. */
  public GatewaySettings with(Timeouts other) {
    return new GatewaySettings(listen, limits, other, compression, messageLog, tls);
  }

  /** The same with another compression. */
  public GatewaySettings with(Compression other) {
    return new GatewaySettings(listen, limits, timeouts, other, messageLog, tls);
  }

  /** The same with another message log. */
  public GatewaySettings with(MessageLogging other) {
    return new GatewaySettings(listen, limits, timeouts, compression, other, tls);
  }

  /** The same with other TLS. */
  public GatewaySettings with(Tls other) {
    return new GatewaySettings(listen, limits, timeouts, compression, messageLog, other);
  }

  /**
   * Where stations connect.
   *
   * @param host an address of this machine
   * @param port TCP port; 0 picks a free one
   * @param pathPrefix before the identity, with a slash at both ends
   * @param eventLoops threads that read and write sockets; 0: one a processor
   */
  public record Listen(String host, int port, String pathPrefix, int eventLoops) {

    public Listen {
      if (!pathPrefix.startsWith("/") || !pathPrefix.endsWith("/")) {
        throw new IllegalArgumentException("pathPrefix '" + pathPrefix + "' needs / at both ends");
      }
      Check.range("port", port, 0, 65_535);
      Check.range("eventLoops", eventLoops, 0, 256);
    }

    public static Listen defaults() {
      return new Listen("127.0.0.1", 9000, "/ocpp/", 0);
    }
  }

  /**
   * What one connection, and all of them, may take.
   *
   * @param maxConnections stations at a time; further ones get HTTP 503
   * @param maxIdentityLength characters of an identity
   * @param maxMessageBytes of one WebSocket frame and of one message (after decompression)
   * @param mailboxFrames of a station that wait for their turn; reading pauses at a quarter of it
   * @param messagesPerSecond of a station; above it reading pauses, nothing is lost
   * @param outboundBytes that wait for a slow reader before its calls are left waiting
   */
  public record Limits(
      int maxConnections,
      int maxIdentityLength,
      int maxMessageBytes,
      int mailboxFrames,
      int messagesPerSecond,
      int outboundBytes) {

    public Limits {
      Check.range("maxConnections", maxConnections, 1, 10_000_000);
      Check.range("maxIdentityLength", maxIdentityLength, 1, 255);
      Check.range("maxMessageBytes", maxMessageBytes, 1_024, 64 << 20);
      Check.range("mailboxFrames", mailboxFrames, 4, 1_000_000);
      Check.range("messagesPerSecond", messagesPerSecond, 1, 1_000_000);
      Check.range("outboundBytes", outboundBytes, 1_024, 64 << 20);
    }

    public static Limits defaults() {
      return new Limits(20_000, 48, 1 << 20, 1_024, 2_000, 256 << 10);
    }
  }

  /**
   * How long the gateway waits, in seconds.
   *
   * @param handshakeSeconds from the TCP connection to the end of the handshake
   * @param pingSeconds of silence before the station is pinged
   * @param pongSeconds of further silence before the connection counts as dead
   * @param slowReaderSeconds a station may leave our bytes unread
   * @param callSeconds for a station's answer to a command
   */
  public record Timeouts(
      int handshakeSeconds,
      int pingSeconds,
      int pongSeconds,
      int slowReaderSeconds,
      int callSeconds) {

    public Timeouts {
      Check.range("handshakeSeconds", handshakeSeconds, 1, 3_600);
      Check.range("pingSeconds", pingSeconds, 1, 86_400);
      Check.range("pongSeconds", pongSeconds, 1, 86_400);
      Check.range("slowReaderSeconds", slowReaderSeconds, 1, 3_600);
      Check.range("callSeconds", callSeconds, 1, 3_600);
    }

    public static Timeouts defaults() {
      return new Timeouts(10, 60, 20, 30, 30);
    }
  }

  /**
   * permessage-deflate (RFC 7692).
   *
   * @param enabled whether a station's offer is accepted
   * @param level of zlib, 1 to 9
   * @param thresholdBytes of a message before it is worth compressing; a station that never gets a
   *     longer one costs no compressor
   */
  public record Compression(boolean enabled, int level, int thresholdBytes) {

    public Compression {
      Check.range("level", level, 1, 9);
      Check.range("thresholdBytes", thresholdBytes, 0, 1 << 20);
    }

    public static Compression defaults() {
      return new Compression(true, 6, 1_024);
    }
  }

  /**
   * The log of what was said, best effort.
   *
   * @param heartbeats whether Heartbeats and their answers are kept too
   * @param bufferEntries that are stored each second; further ones are dropped and counted, so that
   *     a storm of messages costs the facts nothing
   * @param batchEntries of one insert
   * @param maxFrameBytes of a frame that are kept; the rest is cut
   * @param retentionDays after which entries are deleted
   */
  public record MessageLogging(
      boolean enabled,
      boolean heartbeats,
      int bufferEntries,
      int batchEntries,
      int maxFrameBytes,
      int retentionDays) {

    public MessageLogging {
      Check.range("bufferEntries", bufferEntries, 1, 1_000_000);
      Check.range("batchEntries", batchEntries, 1, 10_000);
      Check.range("maxFrameBytes", maxFrameBytes, 256, 16 << 20);
      Check.range("retentionDays", retentionDays, 1, 36_500);
    }

    public static MessageLogging defaults() {
      return new MessageLogging(true, false, 1_000, 500, 65_536, 30);
    }
  }

  /**
   * TLS for stations, on an address of its own; off without a certificate.
   *
   * @param port TCP port; 0 picks a free one
   * @param ecdsa a certificate with an EC key and its chain
   * @param rsa a certificate with an RSA key and its chain
   * @param clientRoots PEM file of the authorities of client certificates; empty: none
   * @param organisations that client certificates may name beside the station's operator
   * @param warningDays before the end of a certificate
   */
  public record Tls(
      String host,
      int port,
      KeyPairFiles ecdsa,
      KeyPairFiles rsa,
      String clientRoots,
      Set<String> organisations,
      int warningDays) {

    public Tls {
      Check.range("port", port, 0, 65_535);
      Check.range("warningDays", warningDays, 0, 3_650);
      organisations = Set.copyOf(organisations);
    }

    public static Tls defaults() {
      return new Tls("127.0.0.1", 9443, KeyPairFiles.NONE, KeyPairFiles.NONE, "", Set.of(), 30);
    }

    /** Whether there is a certificate. */
    public boolean enabled() {
      return ecdsa.given() || rsa.given();
    }

    /** The same with these certificates. */
    public Tls with(KeyPairFiles newEcdsa, KeyPairFiles newRsa) {
      return new Tls(host, port, newEcdsa, newRsa, clientRoots, organisations, warningDays);
    }

    /** The same at another port. */
    public Tls at(int newPort) {
      return new Tls(host, newPort, ecdsa, rsa, clientRoots, organisations, warningDays);
    }
  }

  /**
   * PEM files.
   *
   * @param certificate the server's own certificate, then those that lead to its root
   * @param key its private key, not encrypted
   */
  public record KeyPairFiles(String certificate, String key) {

    /** None given. */
    public static final KeyPairFiles NONE = new KeyPairFiles("", "");

    public KeyPairFiles {
      if (certificate.isEmpty() != key.isEmpty()) {
        throw new IllegalArgumentException(
            "a certificate needs its key, and a key its certificate");
      }
    }

    public boolean given() {
      return !certificate.isEmpty();
    }
  }

  private static final class Check {
    static void range(String name, int value, int min, int max) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            name + " is " + value + " and must be " + min + " to " + max);
      }
    }
  }
}
