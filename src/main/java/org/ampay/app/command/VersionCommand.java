package org.ampay.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ampay version}. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Prints version, build and schema.")
final class VersionCommand implements Runnable {

  private static final String UNKNOWN = "unknown";

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  VersionCommand() {}

  @Override
  public void run() {
    spec.commandLine().getOut().println(text());
  }

  static String text() {
    Properties build = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("/ampay.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot read ampay.properties: " + e.getMessage());
    }
    return "ampay %s (build %s, schema %s, Java %s)"
        .formatted(
            build.getProperty("version", UNKNOWN),
            build.getProperty("build", UNKNOWN),
            build.getProperty("schema", UNKNOWN),
            Runtime.version());
  }

  /** The same for {@code ampay --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {text()};
    }
  }
}
