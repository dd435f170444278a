package org.ampay.app.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ampay.app.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all commands: exit code 0 on success, 2 on wrong usage, 1 on failure. */
@Command(
    name = "ampay",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    description = "A central system for EV charging stations whose purpose is money that is right.",
    subcommands = {
      ServeCommand.class,
      SeedCommand.class,
      ApiKeyCommand.class,
      AdminCommand.class,
      SimulateCommand.class,
      SandboxCommand.class,
      BenchCommand.class,
      AuditCommand.class,
      ExportCommand.class,
      LedgerCommand.class,
      MigrateCommand.class,
      VersionCommand.class
    })
public final class AmpayCommand implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(AmpayCommand.class);
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  private AmpayCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs a command line and returns its exit code. */
  public static int run(String[] args, Map<String, String> environment) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return run(args, environment, out, err);
  }

  static int run(String[] args, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    return new CommandLine(new AmpayCommand(environment))
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(AmpayCommand::wrongUsage)
        .setExecutionExceptionHandler((e, command, result) -> failed(e, command))
        .execute(args);
  }

  Map<String, String> environment() {
    return environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing; see ampay --help");
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    e.getCommandLine().getErr().println(oneLine(name + ": " + e.getMessage()));
    return WRONG_USAGE;
  }

  private static int failed(Exception e, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(oneLine(name + ": " + describe(e)));
    LOG.debug("{} failed", name, e);
    return e instanceof SettingsException setting && setting.isFlag() ? WRONG_USAGE : FAILED;
  }

  private static String describe(Exception e) {
    String message = e.getMessage();
    boolean ours =
        e instanceof CommandFailure
            || e instanceof SettingsException
            || e instanceof IllegalStateException;
    if ((ours && message != null)
        || (message != null && e.getClass().getName().startsWith("org.ampay."))) {
      return String.valueOf(message);
    }
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
