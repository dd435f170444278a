package org.ampay.app.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.ampay.app.ExportSheet;
import org.ampay.app.ExportStore;
import org.ampay.app.ExportStore.Span;
import org.ampay.store.Database;
import org.ampay.store.embedded.EmbeddedSettings.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ampay export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Streams sessions, readings, CDRs or the ledger to stdout.")
final class ExportCommand implements Runnable {

  private static final int BUFFER_CHARS = 1 << 16;

  /** What can be exported. */
  enum What {
    sessions,
    readings,
    cdrs,
    ledger
  }

  /** How. */
  enum Format {
    csv,
    jsonl
  }

  @Parameters(description = "${COMPLETION-CANDIDATES}")
  private What what = What.sessions;

  @Option(
      names = "--from",
      paramLabel = "T",
      converter = Rfc3339.class,
      description = "Only from this time on, inclusive: RFC 3339, such as 2026-01-31T00:00:00Z.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "T",
      converter = Rfc3339.class,
      description = "Only before this time.")
  private @Nullable Instant to;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.csv;

  @Mixin private SettingsOptions options = new SettingsOptions();
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  ExportCommand() {}

  @Override
  public void run() {
    PrintWriter stdout = spec.commandLine().getOut();
    try (Database database = Database.open(options.settings().database(Role.COMMAND))) {
      BufferedWriter out = new BufferedWriter(stdout, BUFFER_CHARS);
      ExportSheet sheet = format == Format.csv ? ExportSheet.csv(out) : ExportSheet.jsonLines(out);
      Span span = new Span(from, to);
      ExportStore store = new ExportStore(database);
      switch (what) {
        case sessions -> store.sessions(span, sheet);
        case readings -> store.readings(span, sheet);
        case cdrs -> store.cdrs(span, sheet);
        case ledger -> store.ledger(span, sheet);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (stdout.checkError()) {
      throw new CommandFailure("stdout was closed before everything was written");
    }
  }

  /** RFC 3339 with any offset. */
  static final class Rfc3339 implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return java.time.OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is no RFC 3339 time such as 2026-01-31T00:00:00Z");
      }
    }
  }
}
