package org.ampay.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.ampay.app.Foundation;
import org.ampay.app.Server;
import org.ampay.app.Settings;
import org.ampay.app.SettingsFile;
import org.ampay.audit.AuditLog;
import org.ampay.store.TestDatabase;
import org.ampay.web.people.People;
import org.ampay.web.people.Role;
import org.jspecify.annotations.Nullable;

/**
 * The real server with all its rooms, a database of its own and free ports. {@link #shared()} is
 * one for all scenarios of a JVM, so a scenario makes its own stations, drivers and tokens and
 * never counts what others may have made, too.
 *
 * <p>It differs from the defaults in two things, so that scenarios are short: a station has {@value
 * #CALL_TIMEOUT_SECONDS} s to answer, and partners are told of running sessions every second. A CNY
 * 1.00/kWh + 0.50 tariff holds for the default operator.
 */
public final class ScenarioServer implements AutoCloseable {

  public static final int CALL_TIMEOUT_SECONDS = 4;

  private final Server server;
  private final ScenarioApi api;

  private static final class Shared {
    static final ScenarioServer INSTANCE = start();

    private static ScenarioServer start() {
      ScenarioServer server = ScenarioServer.start(Map.of());
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
      return server;
    }
  }

  /** The one server; it ends with this JVM. */
  public static ScenarioServer shared() {
    return Shared.INSTANCE;
  }

  /**
   * A server of one's own, for a test that needs other settings.
   *
   * @param settings by their keys, for example {@code ocpp.call_timeout}
   */
  public static ScenarioServer start(Map<String, String> settings) {
    var database =
        (org.ampay.store.DatabaseSettings.Outside) TestDatabase.newSchema("conf").target();
    Map<String, String> flags = new HashMap<>();
    flags.put("data", folder().toString());
    flags.put("http.listen", "127.0.0.1:0");
    flags.put("ocpp.listen", "127.0.0.1:0");
    flags.put("ocpp.call_timeout", Integer.toString(CALL_TIMEOUT_SECONDS));
    flags.put("message_log.heartbeats", "true");
    flags.put("ocpi.session_interval", "1");
    flags.put("db.url", database.url());
    flags.put("db.user", database.user());
    flags.put("db.password", database.password());
    flags.putAll(settings);
    return new ScenarioServer(Server.start(Settings.read(flags, Map.of(), SettingsFile.none())));
  }

  private static Path folder() {
    try {
      Path target = Path.of(System.getProperty("ampay.basedir", "."), "target");
      return Files.createTempDirectory(Files.createDirectories(target), "scenario-data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ScenarioServer(Server server) {
    this.server = server;
    String key = key(Role.ADMIN, null);
    this.api = new ScenarioApi(URI.create("http://127.0.0.1:" + server.http().getPort()), key);
    long tariff = api.tariff("1.00", "0.50");
    api.assign(tariff, "operator", org.ampay.station.Operator.DEFAULT_ID);
  }

  /** The JSON API, with an admin's key. */
  public ScenarioApi api() {
    return api;
  }

  /** A new key of a role; without an operator one of the platform. */
  public String key(Role role, @Nullable Long operator) {
    Foundation on = server.foundation();
    People people =
        new People(
            on.database(),
            on.ids(),
            on.time(),
            new AuditLog(on.database(), on.time()),
            on.random());
    return people.createKey("scenarios", role, operator, "test").plaintext();
  }

  /** The running server, for what the API does not show. */
  public Server server() {
    return server;
  }

  /** Where stations connect without TLS. */
  public InetSocketAddress ocpp() {
    return server.ocpp();
  }

  @Override
  public void close() {
    server.close();
  }
}
