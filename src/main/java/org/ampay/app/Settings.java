package org.ampay.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ampay.charging.LimitWatch;
import org.ampay.charging.LostStops;
import org.ampay.charging.SessionChecks;
import org.ampay.gateway.GatewaySettings;
import org.ampay.station.certs.CertificateSettings;
import org.ampay.station.command.CommandSettings;
import org.ampay.station.device.ModelReading;
import org.ampay.station.files.FileSettings;
import org.ampay.store.DatabaseSettings;
import org.ampay.store.embedded.EmbeddedSettings.Role;

/**
 * Everything that can be set, read once at the start: flags over {@code AMPAY_*} variables over the
 * file over these defaults.
 *
 * @param data the folder of the embedded database, keys and files
 * @param plugins the folder of jars with further payment providers
 * @param demo whether the demo plays
 */
public record Settings(
    Path data,
    Path plugins,
    boolean demo,
    Http http,
    Ocpp ocpp,
    CertificateSettings certificates,
    Files files,
    Db db,
    Admin admin,
    Work work,
    Sessions sessions,
    Orders orders,
    Partners partners,
    String logLevel) {

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
   * @param modelReading when the server reads what stations have
   * @param commands limits of their history and of what waits for stations that are offline
   */
  public record Ocpp(
      GatewaySettings gateway,
      Duration heartbeat,
      ModelReading.Settings modelReading,
      CommandSettings commands) {}

  /**
   * Files of stations and what they report, with how long it is kept.
   *
   * @param linkValidity of the links that stations are given
   * @param keepCustomers personal data: no longer than it takes to read it
   */
  public record Files(
      int maxLogMb,
      int maxFirmwareMb,
      Duration linkValidity,
      Duration keepLogs,
      Duration keepSecurityEvents,
      Duration keepTransfers,
      Duration keepCustomers) {

    FileSettings limits(Path folder) {
      return new FileSettings(
          folder, (long) maxLogMb << 20, (long) maxFirmwareMb << 20, linkValidity, keepLogs);
    }
  }

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
   * Orders at charge points.
   *
   * @param payIn until then an order can be paid
   * @param plugIn how long after the station's promise its session may come
   */
  public record Orders(Duration payIn, Duration plugIn) {}

  /**
   * Partners by OCPI.
   *
   * @param inside whether they may be inside our own network and be called without TLS
   * @param keepCalls how long their calls and ours are kept for people
   * @param sessionEvery how long after it was told a running session is told again
   * @param askUnknown whether they are asked about cards that nobody told us of
   */
  public record Partners(
      boolean inside, Duration keepCalls, Duration sessionEvery, boolean askUnknown) {}

  /**
   * Threads.
   *
   * @param committers that write the groups of decisions
   * @param jobWorkers that bill, settle and tell others
   */
  public record Work(int committers, int jobWorkers) {}

  /**
   * Sessions that their stations forget.
   *
   * @param sweep pause between two looks for lost stops
   * @param costInterval pause between two tellings of running costs
   * @param limits how drivers' limits are kept
   */
  public record Sessions(
      LostStops.Limits lostStops,
      SessionChecks.Patience missingEvents,
      Duration sweep,
      Duration costInterval,
      LimitWatch.Settings limits) {}

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
        in.read("plugins", "plugins", Path::of),
        in.yesOrNo("demo", false),
        new Http(
            in.read("http.listen", "127.0.0.1:8080", HostPort::parse),
            in.read("http.public_url", "", SettingsText::url),
            in.text("http.metrics_token", "")),
        new Ocpp(
            gateway(in),
            Duration.ofSeconds(in.integer("ocpp.heartbeat_interval", 300, 1, 86_400, "seconds")),
            modelReading(in),
            new CommandSettings(
                in.integer("ocpp.commands_queued", 100, 1, 100_000, "commands a station"),
                in.integer("ocpp.commands_queue_seconds", 604_800, 1, 31_536_000, "seconds"),
                in.integer("ocpp.commands_retention_days", 365, 1, 36_500, "days"))),
        SettingsCertificates.read(in),
        files(in),
        db(in),
        new Admin(
            in.read("admin.email", "admin@localhost", SettingsText::email),
            in.read("admin.password", "", SettingsText::newPassword)),
        new Work(
            in.integer("work.committers", 1, 1, 64, "threads"),
            in.integer("work.job_workers", 4, 1, 256, "threads")),
        sessions(in),
        new Orders(
            seconds(in, "orders.pay_in", 600, 86_400), seconds(in, "orders.plug_in", 180, 86_400)),
        new Partners(
            in.yesOrNo("ocpi.partners_inside", false),
            days(in, "ocpi.call_log_days", 30),
            seconds(in, "ocpi.session_interval", 60, 86_400),
            in.yesOrNo("ocpi.ask_unknown_tokens", false)),
        in.read("log.level", "info", SettingsText::logLevel));
  }

  private static Sessions sessions(SettingsReader in) {
    return new Sessions(
        new LostStops.Limits(
            seconds(in, "sessions.lost_stop_free", 900, 31_536_000),
            seconds(in, "sessions.lost_stop_silent", 86_400, 31_536_000),
            seconds(in, "sessions.lost_stop_booted", 900, 31_536_000),
            seconds(in, "sessions.lost_stop_nowhere", 86_400, 31_536_000)),
        new SessionChecks.Patience(
            seconds(in, "sessions.missing_events_ask", 15, 3_600),
            seconds(in, "sessions.missing_events_limit", 21_600, 31_536_000)),
        seconds(in, "sessions.sweep", 60, 3_600),
        seconds(in, "sessions.cost_interval", 60, 86_400),
        new LimitWatch.Settings(
            seconds(in, "sessions.limit_check", 5, 60),
            seconds(in, "sessions.stop_latency", 5, 120),
            seconds(in, "sessions.stop_retry", 10, 600),
            seconds(in, "sessions.stop_patience", 60, 3_600)));
  }

  private static Duration seconds(SettingsReader in, String key, int normal, int most) {
    return Duration.ofSeconds(in.integer(key, normal, 1, most, "seconds"));
  }

  private static ModelReading.Settings modelReading(SettingsReader in) {
    return new ModelReading.Settings(
        in.yesOrNo("ocpp.read_model", true),
        Duration.ofSeconds(in.integer("ocpp.read_model_delay", 30, 1, 86_400, "seconds")),
        in.integer("ocpp.read_model_per_second", 20, 1, 1_000, "stations a second"));
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
        messageLog(in),
        tls(in));
  }

  private static GatewaySettings.Tls tls(SettingsReader in) {
    HostPort listen = in.read("ocpp.tls.listen", "127.0.0.1:9443", HostPort::parse);
    return new GatewaySettings.Tls(
        listen.host(),
        listen.port(),
        keyPair(in, "ocpp.tls.ecdsa"),
        keyPair(in, "ocpp.tls.rsa"),
        in.text("ocpp.tls.client_roots", ""),
        in.read("ocpp.tls.organisations", "", SettingsText::names),
        in.integer("ocpp.tls.expiry_warning_days", 30, 0, 3_650, "days"));
  }

  private static GatewaySettings.KeyPairFiles keyPair(SettingsReader in, String name) {
    String certificate = in.text(name + "_certificate", "");
    String key = in.text(name + "_key", "");
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new SettingsException(
          "settings " + name + "_certificate and " + name + "_key go together: give both or none");
    }
    return new GatewaySettings.KeyPairFiles(certificate, key);
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

  private static Files files(SettingsReader in) {
    return new Files(
        in.integer("files.max_log_mb", 256, 1, 16_384, "MiB"),
        in.integer("files.max_firmware_mb", 1_024, 1, 16_384, "MiB"),
        Duration.ofHours(in.integer("files.link_hours", 168, 1, 8_760, "hours")),
        days(in, "files.log_days", 90),
        days(in, "reports.security_event_days", 400),
        days(in, "reports.data_transfer_days", 30),
        days(in, "reports.customer_information_days", 7));
  }

  private static Duration days(SettingsReader in, String key, int defaultValue) {
    return Duration.ofDays(in.integer(key, defaultValue, 1, 36_500, "days"));
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
