package org.ampay.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ampay.app.Foundation;
import org.ampay.app.Settings;
import org.ampay.app.SettingsException;
import org.ampay.app.SettingsFile;
import org.ampay.store.embedded.EmbeddedSettings.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every command that uses the database. */
final class SettingsOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the embedded database, keys and files (default: ./data).")
  private @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file (default: config/ampay.yaml of the project, if there is one).")
  private @Nullable Path config;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @SuppressWarnings("NullAway") // picocli injects the spec
  SettingsOptions() {}

  /** All settings, without further flags. */
  Settings settings() {
    return settings(Map.of());
  }

  /**
   * All settings.
   *
   * @param flags further ones by key; null values were not given
   */
  Settings settings(Map<String, ? extends @Nullable Object> flags) {
    Map<String, String> given = new LinkedHashMap<>();
    if (data != null) {
      given.put("data", data);
    }
    flags.forEach(
        (key, value) -> {
          if (value != null) {
            given.put(key, value.toString());
          }
        });
    Settings settings = Settings.read(given, environment(), file());
    if (LoggerFactory.getLogger("ROOT") instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(ch.qos.logback.classic.Level.toLevel(settings.logLevel()));
    }
    return settings;
  }

  /** The open database and what goes with it. */
  Foundation open() {
    return Foundation.open(settings(), Role.COMMAND);
  }

  private Map<String, String> environment() {
    return ((AmpayCommand) command.root().userObject()).environment();
  }

  private SettingsFile file() {
    if (config != null) {
      if (!Files.isReadable(config)) {
        throw new SettingsException("there is no readable settings file " + config);
      }
      return SettingsFile.read(config);
    }
    Path shipped = Path.of(System.getProperty("ampay.home", "."), "config", "ampay.yaml");
    return Files.isReadable(shipped) ? SettingsFile.read(shipped) : SettingsFile.none();
  }
}
