package org.ampay.app.command;

import java.io.Console;
import java.util.Arrays;
import org.ampay.app.Foundation;
import org.ampay.station.Operator;
import org.ampay.web.people.People;
import org.ampay.web.people.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ampay admin}. */
@Command(name = "admin", mixinStandardHelpOptions = true, description = "Makes console users.")
final class AdminCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  AdminCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: create");
  }

  /** {@code ampay admin create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description =
          "Makes a console user; asks for a password, or generates one where nobody can be asked."
              + " The first user is admin.")
  void create(
      @Mixin SettingsOptions options,
      @Option(names = "--email", required = true, paramLabel = "E", description = "Of the user.")
          String email,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description = "admin (default), operator_admin, tariff_manager, finance, support, …")
          @Nullable String role,
      @Option(
              names = "--operator",
              paramLabel = "ID",
              description = "Whose; the first operator unless given; none for admin.")
          @Nullable Long operator) {
    Role known =
        Role.of(role == null ? "admin" : role)
            .orElseThrow(
                () -> new ParameterException(spec.commandLine(), "--role: no role " + role));
    Long whose =
        operator == null && known != Role.ADMIN ? Long.valueOf(Operator.DEFAULT_ID) : operator;
    try (Foundation on = options.open()) {
      People people = ApiKeyCommand.people(on);
      String asked = ask();
      String password = asked == null ? people.generatePassword() : asked;
      people.createUser(email, known, whose, password, "cli");
      spec.commandLine()
          .getOut()
          .println(
              "made "
                  + email
                  + " with role "
                  + known.word()
                  + (asked == null ? ", password (shown once): " + password : ""));
    }
  }

  /** Null where there is nobody to ask. */
  private static @Nullable String ask() {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return null;
    }
    char[] first = console.readPassword("Password: ");
    char[] second = console.readPassword("Again: ");
    if (first == null || second == null || !Arrays.equals(first, second)) {
      throw new CommandFailure("the two passwords differ");
    }
    return new String(first);
  }
}
