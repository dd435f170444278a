package org.ampay.app.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.ampay.app.Foundation;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.web.people.ApiKey;
import org.ampay.web.people.People;
import org.ampay.web.people.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ampay api-key}. */
@Command(
    name = "api-key",
    mixinStandardHelpOptions = true,
    description = "Makes, lists and revokes API keys.")
final class ApiKeyCommand implements Runnable {

  private static final String ACTOR = "cli";

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  ApiKeyCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: create, list or revoke");
  }

  /** {@code ampay api-key create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Prints a new key, as the last word, once; only its hash is kept.")
  void create(
      @Mixin SettingsOptions options,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description =
                  "admin (platform), operator_admin, tariff_manager, finance, support, viewer,"
                      + " auditor")
          String role,
      @Option(
              names = "--operator",
              paramLabel = "ID",
              description = "Whose; the first operator unless given.")
          @Nullable Long operator,
      @Option(
              names = "--owner",
              paramLabel = "EMAIL",
              description =
                  "The console user whose key it is: what the key does counts as that person's act"
                      + " where a second person must approve.")
          @Nullable String owner,
      @Option(names = "--name", paramLabel = "TEXT", description = "For the list.")
          @Nullable String name) {
    Role known =
        Role.of(role)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--role takes admin, operator_admin, tariff_manager, finance, support,"
                            + " viewer or auditor"));
    Long whose =
        operator == null && known != Role.ADMIN ? Long.valueOf(Operator.DEFAULT_ID) : operator;
    try (Foundation on = options.open()) {
      if (whose != null
          && new Inventory(on.database(), on.ids(), on.time(), on.passwords())
              .operator(whose)
              .isEmpty()) {
        throw new CommandFailure("there is no operator " + whose);
      }
      String label = Optional.ofNullable(name).orElse("cli " + known.word());
      People.NewKey made = people(on).createKey(label, known, whose, owner, ACTOR);
      spec.commandLine()
          .getOut()
          .printf(
              "key %d of role %s (shown once): %s%n",
              made.key().id(), known.word(), made.plaintext());
    }
  }

  /** {@code ampay api-key list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists all keys, without their secrets.")
  void list(@Mixin SettingsOptions options) {
    try (Foundation on = options.open()) {
      PrintWriter out = spec.commandLine().getOut();
      for (ApiKey key : people(on).keys()) {
        out.printf(
            Locale.ROOT,
            "%d %s… role=%s operator=%s made=%s%s owner=%s name=%s%n",
            key.id(),
            key.prefix(),
            key.role().word(),
            key.operatorId() == null ? "all" : key.operatorId(),
            key.createdAt(),
            key.revokedAt() == null ? "" : " revoked=" + key.revokedAt(),
            key.owner() == null ? "-" : key.owner(),
            key.name());
      }
    }
  }

  /** {@code ampay api-key revoke}. */
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Ends a key; a running server follows within seconds.")
  void revoke(
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "ID", description = "The number that create and list print.")
          long id) {
    try (Foundation on = options.open()) {
      if (!people(on).revokeKey(id, ACTOR)) {
        throw new CommandFailure("there is no living key " + id);
      }
      spec.commandLine().getOut().println("revoked " + id);
    }
  }

  static People people(Foundation on) {
    return new People(
        on.database(), on.ids(), on.time(), new AuditLog(on.database(), on.time()), on.random());
  }
}
