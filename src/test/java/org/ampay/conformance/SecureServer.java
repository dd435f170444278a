package org.ampay.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.ampay.gateway.tls.TlsClients;
import org.ampay.station.certs.TestAuthority;
import org.jspecify.annotations.Nullable;

/** A server with TLS, its certificates from one authority, those of the stations from another. */
final class SecureServer {

  private static final Instant NOW = Instant.now();
  static final TestAuthority SERVERS = new TestAuthority("Servers", NOW);
  static final TestAuthority STATIONS = new TestAuthority("Stations", NOW);

  private static final class Shared {
    static final ScenarioServer INSTANCE = start();

    private static ScenarioServer start() {
      ScenarioServer server = ScenarioServer.start(settings(folder()));
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
      return server;
    }
  }

  private SecureServer() {}

  static ScenarioServer shared() {
    return Shared.INSTANCE;
  }

  private static Path folder() {
    try {
      Path target = Path.of(System.getProperty("ampay.basedir", "."), "target");
      return Files.createTempDirectory(Files.createDirectories(target), "scenario-tls");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings with certificates that are made in that folder. */
  static Map<String, String> settings(Path folder) {
    Map<String, String> settings = new HashMap<>();
    settings.put("ocpp.tls.listen", "127.0.0.1:0");
    write(settings, folder, "ecdsa", "EC", 256);
    write(settings, folder, "rsa", "RSA", 2_048);
    Path roots = TestAuthority.pem(folder.resolve("roots.pem"), STATIONS.certificate());
    settings.put("ocpp.tls.client_roots", roots.toString());
    return settings;
  }

  private static void write(
      Map<String, String> settings, Path folder, String name, String algorithm, int bits) {
    TestAuthority.Issued issued =
        SERVERS.issue("CN=localhost,O=Ampay", TestAuthority.keys(algorithm, bits));
    settings.put(
        "ocpp.tls." + name + "_certificate",
        TestAuthority.pem(folder.resolve(name + ".crt"), issued.certificate()).toString());
    settings.put(
        "ocpp.tls." + name + "_key",
        TestAuthority.pem(folder.resolve(name + ".key"), issued.key()).toString());
  }

  static InetSocketAddress address() {
    return shared().server().ocpps().orElseThrow();
  }

  /** The station by TLS, with this client certificate; null: none. */
  static Dial secure(ScenarioStation station, TestAuthority.@Nullable Issued own) {
    URI url = URI.create("wss://localhost:" + address().getPort() + "/ocpp/" + station.identity());
    return station
        .dial()
        .withUrl(url)
        .withTls(new TlsClients(SERVERS.certificate(), own).context().getSocketFactory());
  }

  /** A good certificate for that station. */
  static TestAuthority.Issued certificate(ScenarioStation station) {
    return STATIONS.issue("CN=" + station.identity() + ",O=Ampay");
  }

  /** A station with a password, at that profile. */
  static Setup withPassword(int profile, String password) {
    return Setup.on(shared()).withPassword(password).with("security_profile", profile);
  }

  /** A station of profile 3. */
  static Setup withCertificate() {
    return Setup.on(shared()).with("security_profile", 3);
  }
}
