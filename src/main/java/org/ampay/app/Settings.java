package org.ampay.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ampay.gateway.GatewaySettings;
import org.ampay.station.command.CommandSettings;
import org.ampay.store.DatabaseSettings;
import org.ampay.store.embedded.EmbeddedSettings.Role;

/**
 * Everything that can be set, read once at the start: flags over {@code AMPAY_*} variables over the
 * file over these defaults.
 *
 * @param data the folder of the embedded database, keys and files
 * @param demo whether the demo plays
 */
public record Settings(
    Path data, boolean demo, Http http, Ocpp ocpp, Db db, Admin admin, Work work, String logLevel) {

  /**
   * Pages, API and partners.
   *
   * @param publicUrl how the outside reaches us, without a slash at the end; empty: as listened at
   * @param metricsToken the bearer token of {@code /metrics}; empty: open to loopback only
   */
  public record Http(HostPort listen, String publicUrl, String metricsToken) {

    /** Never shows the token. */
    @Override
    public String toString() {
      return "Http[listen=" + listen + ", publicUrl=" + publicUrl + "]";
    }
  }

  /**
   * Stations.
   *
   * @param heartbeat the interval that stations are told at their boot
   * @param commands limits of their history and of what waits for stations that are offline
   */
  public record Ocpp(GatewaySettings gateway, Duration heartbeat, CommandSettings commands) {}

  /**
   * The database.
   *
   * @param url empty: the embedded one
   */
  public record Db(
      String url,
      String user,
      String password,
      int writers,
      int readers,
      Duration patience,
      int bufferPoolMb,
      int redoLogMb) {

    /** Never shows what may hold a password. */
    @Override
    public String toString() {
      return "Db[" + (url.isEmpty() ? "embedded" : "outside") + "]";
    }
  }

  /**
   * The first console user, made when there is none.
   *
   * @param password empty: generated, and printed once
   */
  public record Admin(String email, String password) {

    /** Never shows the password. */
    @Override
    public String toString() {
      return "Admin[email=" + email + "]";
    }
  }

  /**
   * Threads.
   *
   * @param committers that write the groups of decisions
   * @param jobWorkers that bill, settle and tell others
   */
  public record Work(int committers, int jobWorkers) {}

  /** Which database, for {@link org.ampay.store.Database#open}. */
  public DatabaseSettings database(Role role) {
    DatabaseSettings.Target target =
        db.url().isEmpty()
            ? new DatabaseSettings.Embedded(data, role, db.bufferPoolMb(), db.redoLogMb())
            : new DatabaseSettings.Outside(db.url(), db.user(), db.password());
    return new DatabaseSettings(target, db.writers(), db.readers(), db.patience());
  }

  /**
   * Reads all settings.
   *
   * @param flags by key, for example {@code http.listen}
   * @throws SettingsException when one is unknown or of no use, naming it, its value and what it
   *     takes
   */
  public static Settings read(
      Map<String, String> flags, Map<String, String> environment, SettingsFile file) {
    SettingsReader reader = new SettingsReader(flags, environment, file.values(), file.name());
    Settings settings = read(reader);
    reader.refuseUnknown();
    return settings;
  }

  static Settings read(SettingsReader in) {
    return new Settings(
        in.read("data", "data", Path::of),
        in.yesOrNo("demo", false),
        new Http(
            in.read("http.listen", "127.0.0.1:8080", HostPort::parse),
            in.read("http.public_url", "", SettingsText::url),
            in.text("http.metrics_token", "")),
        new Ocpp(
            gateway(in),
            Duration.ofSeconds(in.integer("ocpp.heartbeat_interval", 300, 1, 86_400, "seconds")),
            new CommandSettings(
                in.integer("ocpp.commands_queued", 100, 1, 100_000, "commands a station"),
                in.integer("ocpp.commands_queue_seconds", 604_800, 1, 31_536_000, "seconds"),
                in.integer("ocpp.commands_retention_days", 365, 1, 36_500, "days"))),
        db(in),
        new Admin(
            in.read("admin.email", "admin@localhost", SettingsText::email),
            in.read("admin.password", "", SettingsText::newPassword)),
        new Work(
            in.integer("work.committers", 1, 1, 64, "threads"),
            in.integer("work.job_workers", 4, 1, 256, "threads")),
        in.read("log.level", "info", SettingsText::logLevel));
  }

  private static GatewaySettings gateway(SettingsReader in) {
    HostPort listen = in.read("ocpp.listen", "127.0.0.1:9000", HostPort::parse);
    return new GatewaySettings(
        new GatewaySettings.Listen(
            listen.host(),
            listen.port(),
            in.read("ocpp.path", "/ocpp/", SettingsText::pathPrefix),
            in.integer("ocpp.event_loops", 0, 0, 256, "threads (0: one a processor)")),
        limits(in),
        timeouts(in),
        new GatewaySettings.Compression(
            in.yesOrNo("ocpp.deflate", true),
            in.integer("ocpp.deflate_level", 6, 1, 9, "zlib's levels"),
            in.integer("ocpp.deflate_threshold_bytes", 1_024, 0, 1 << 20, "bytes")),
        messageLog(in));
  }

  private static GatewaySettings.Limits limits(SettingsReader in) {
    return new GatewaySettings.Limits(
        in.integer("ocpp.max_connections", 20_000, 1, 10_000_000, "stations"),
        in.integer("ocpp.max_identity_length", 48, 1, 255, "characters"),
        in.integer("ocpp.max_message_bytes", 1 << 20, 1_024, 64 << 20, "bytes"),
        in.integer("ocpp.mailbox_frames", 1_024, 4, 1_000_000, "frames"),
        in.integer("ocpp.messages_per_second", 2_000, 1, 1_000_000, "messages a second"),
        in.integer("ocpp.outbound_bytes", 256 << 10, 1_024, 64 << 20, "bytes"));
  }

  private static GatewaySettings.Timeouts timeouts(SettingsReader in) {
    return new GatewaySettings.Timeouts(
        in.integer("ocpp.handshake_timeout", 10, 1, 3_600, "seconds"),
        in.integer("ocpp.ping_interval", 60, 1, 86_400, "seconds"),
        in.integer("ocpp.pong_timeout", 20, 1, 86_400, "seconds"),
        in.integer("ocpp.slow_reader_timeout", 30, 1, 3_600, "seconds"),
        in.integer("ocpp.call_timeout", 30, 1, 3_600, "seconds"));
  }

  private static GatewaySettings.MessageLogging messageLog(SettingsReader in) {
    return new GatewaySettings.MessageLogging(
        in.yesOrNo("message_log.enabled", true),
        in.yesOrNo("message_log.heartbeats", false),
        in.integer("message_log.buffer_entries", 1_000, 1, 1_000_000, "entries"),
        in.integer("message_log.batch_entries", 500, 1, 10_000, "entries"),
        in.integer("message_log.max_frame_bytes", 65_536, 256, 16 << 20, "bytes"),
        in.integer("message_log.retention_days", 30, 1, 36_500, "days"));
  }

  private static Db db(SettingsReader in) {
    return new Db(
        in.text("db.url", ""),
        in.text("db.user", ""),
        in.text("db.password", ""),
        in.integer("db.writers", 8, 1, 1_000, "connections"),
        in.integer("db.readers", 8, 1, 1_000, "connections"),
        Duration.ofSeconds(in.integer("db.patience", 10, 1, 600, "seconds")),
        in.integer("db.buffer_pool_mb", 256, 16, 1 << 20, "MiB"),
        in.integer("db.redo_log_mb", 128, 16, 1 << 16, "MiB"));
  }
}
