package org.ampay.app.command;

import org.ampay.store.Database;
import org.ampay.store.embedded.EmbeddedSettings.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ampay migrate}. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Brings the database's schema up to date, and nothing else.")
final class MigrateCommand implements Runnable {

  @Mixin private SettingsOptions options = new SettingsOptions();
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  MigrateCommand() {}

  @Override
  public void run() {
    try (Database database = Database.connect(options.settings().database(Role.COMMAND))) {
      String before = database.schemaVersion().orElse("none");
      database.migrate();
      String after = database.schemaVersion().orElse("none");
      spec.commandLine().getOut().printf("schema %s (was %s)%n", after, before);
    }
  }
}
