package org.ampay.gateway.tls;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.ampay.base.TimeSource;
import org.ampay.gateway.GatewaySettings;
import org.ampay.gateway.GatewaySettings.KeyPairFiles;
import org.ampay.station.StationCredentials.Link;
import org.ampay.station.certs.ClientTrust;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS for stations by the JDK's own provider. The files are read again when they change: new
 * connections get the new certificates, open ones stay.
 */
public final class StationTls {

  private static final Logger LOG = LoggerFactory.getLogger(StationTls.class);

  /**
   * What TLS stands on.
   *
   * @param handshakes computes signatures: bounded, so that a storm of handshakes leaves the event
   *     loops and everything else alone
   */
  public record Machine(
      ClientTrust trust, TimeSource time, Executor handshakes, MeterRegistry meters) {}

  /** One state of the files. */
  private record Loaded(Map<Path, byte[]> files, List<ServerKey> keys, SSLContext context) {}

  private final GatewaySettings.Tls settings;
  private final int handshakeSeconds;
  private final Machine machine;
  private volatile Loaded loaded;
  private volatile Instant warnedAt = Instant.EPOCH;

  /**
   * Reads the files.
   *
   * @throws TlsException when one is of no use, naming it
   */
  public StationTls(GatewaySettings settings, Machine machine) {
    this.settings = settings.tls();
    this.handshakeSeconds = settings.timeouts().handshakeSeconds();
    this.machine = machine;
    this.loaded = load(read());
    machine
        .meters()
        .gauge("ampay.gateway.tls.certificate.days", this, tls -> (double) tls.daysLeft());
    warnOfExpiry();
  }

  /** The handler that encrypts one connection; the first of its pipeline. */
  public SslHandler handler() {
    SSLEngine engine = loaded.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(TlsPolicy.PROTOCOLS);
    parameters.setCipherSuites(TlsPolicy.SUITES);
    parameters.setUseCipherSuitesOrder(true);
    // Not "need": on the same port stations of profile 2 come without one. Whoever shows one must
    // show a good one.
    parameters.setWantClientAuth(!machine.trust().roots().isEmpty());
    engine.setSSLParameters(parameters);
    SslHandler handler = new NoRenegotiation(engine, machine.handshakes());
    handler.setHandshakeTimeout(handshakeSeconds, TimeUnit.SECONDS);
    return handler;
  }

  /** What was negotiated on a connection. */
  public static Link link(SslHandler handler) {
    SSLSession session = handler.engine().getSession();
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        chain.add((X509Certificate) certificate);
      }
    } catch (SSLPeerUnverifiedException none) {
      chain.clear(); // no client certificate
    }
    return new Link(session.getProtocol(), session.getCipherSuite(), chain);
  }

  /** Reads the files again when they have changed; what is of no use changes nothing. */
  public void refresh() {
    try {
      Map<Path, byte[]> now = read();
      if (!same(now, loaded.files())) {
        loaded = load(now);
        warnedAt = Instant.EPOCH;
        LOG.info("new certificates for stations: {}", loaded.keys());
      }
    } catch (TlsException e) {
      LOG.warn("keeping the certificates for stations that were there before: {}", e.getMessage());
    }
    warnOfExpiry();
  }

  /** Days until the first of our certificates ends; negative: it has ended. */
  public long daysLeft() {
    Instant now = machine.time().now();
    return loaded.keys().stream()
        .flatMap(key -> key.chain().stream())
        .mapToLong(
            certificate -> Duration.between(now, certificate.getNotAfter().toInstant()).toDays())
        .min()
        .orElse(0);
  }

  private void warnOfExpiry() {
    Instant now = machine.time().now();
    if (daysLeft() <= settings.warningDays()
        && Duration.between(warnedAt, now).compareTo(Duration.ofDays(1)) >= 0) {
      warnedAt = now;
      LOG.warn("a certificate for stations ends in {} days: {}", daysLeft(), loaded.keys());
    }
  }

  private List<Path> paths() {
    List<Path> paths = new ArrayList<>();
    for (KeyPairFiles pair : List.of(settings.ecdsa(), settings.rsa())) {
      if (pair.given()) {
        paths.add(Path.of(pair.certificate()));
        paths.add(Path.of(pair.key()));
      }
    }
    return paths;
  }

  private Map<Path, byte[]> read() {
    Map<Path, byte[]> files = new LinkedHashMap<>();
    for (Path path : paths()) {
      try {
        files.put(path, Files.readAllBytes(path));
      } catch (IOException e) {
        throw new TlsException("cannot read " + path + ": " + e, e);
      }
    }
    return files;
  }

  private static boolean same(Map<Path, byte[]> now, Map<Path, byte[]> before) {
    return now.keySet().equals(before.keySet())
        && now.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), before.get(file.getKey())));
  }

  private Loaded load(Map<Path, byte[]> files) {
    Map<String, ServerKey> keys = new LinkedHashMap<>();
    if (settings.ecdsa().given()) {
      keys.put("EC", key(files, settings.ecdsa(), "EC"));
    }
    if (settings.rsa().given()) {
      keys.put("RSA", key(files, settings.rsa(), "RSA"));
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new ServerKeyChoice(keys)},
          new TrustManager[] {new ClientCheck(machine.trust(), machine.time())},
          null);
      return new Loaded(files, List.copyOf(keys.values()), context);
    } catch (GeneralSecurityException e) {
      throw new TlsException("this JRE has no TLS: " + e.getMessage(), e);
    }
  }

  private static ServerKey key(Map<Path, byte[]> files, KeyPairFiles pair, String algorithm) {
    Path certificate = Path.of(pair.certificate());
    byte[] chain = files.getOrDefault(certificate, new byte[0]);
    byte[] key = files.getOrDefault(Path.of(pair.key()), new byte[0]);
    return ServerKey.read(certificate.toString(), chain, key, algorithm);
  }
}
