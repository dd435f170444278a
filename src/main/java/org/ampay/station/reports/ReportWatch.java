package org.ampay.station.reports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.base.UrlSecrets;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.files.FileLinks;
import org.ampay.station.files.FirmwareImage;
import org.ampay.station.files.Firmwares;
import org.ampay.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * Notes the commands that lead to reports before they are sent, so that the first report already
 * finds what it belongs to.
 */
public final class ReportWatch {

  /** A customer's token was erased at a station: where else it must be forgotten (N10.FR.02). */
  public interface Erasure {
    void erased(StationInfo station, String idToken);
  }

  /** What it stands on. */
  public record Ground(Database database, IdSource ids, TimeSource time) {}

  private final Map<Protocol, CommandReader> readers;
  private final Ground on;
  private final FileLinks links;
  private final Firmwares firmwares;
  private final Awaiting awaiting;
  private final Duration keepCustomers;
  private final Erasure erasure;
  private final OperationStore operations;

  /**
   * @param keepCustomers how long customer information is kept
   */
  public ReportWatch(
      Map<Protocol, CommandReader> readers,
      Ground on,
      FileLinks links,
      Firmwares firmwares,
      Awaiting awaiting,
      Duration keepCustomers,
      Erasure erasure) {
    this.readers = Map.copyOf(readers);
    this.on = on;
    this.links = links;
    this.firmwares = firmwares;
    this.awaiting = awaiting;
    this.keepCustomers = keepCustomers;
    this.erasure = erasure;
    this.operations = new OperationStore(on.database());
  }

  /** Whether {@link #sending} is to be called; from memory, any thread. */
  boolean concerns(String action) {
    return readers.values().stream().anyMatch(reader -> reader.actions().contains(action));
  }

  /**
   * Called before a CALL is sent; may block.
   *
   * @param payload JSON text, not yet checked against the dictionary
   * @return takes what becomes of it, may block; empty when it does not matter
   */
  Optional<Consumer<CommandOutcome>> sending(
      StationInfo station, Protocol protocol, String action, String payload) {
    CommandReader reader = readers.get(protocol);
    if (reader == null || !reader.actions().contains(action)) {
      return Optional.empty();
    }
    return reader
        .read(action, payload)
        .map(
            sent ->
                switch (sent) {
                  case Sent.Work work -> work(station, reader, action, work, payload);
                  case Sent.SetDisplay set -> display(station, reader, action, set);
                  case Sent.ClearDisplay clear -> clear(station, reader, action, clear);
                  case Sent.Customer customer -> customer(station, reader, action, customer);
                  case Sent.Transfer transfer -> transfer(station, reader, action, transfer);
                });
  }

  private Consumer<CommandOutcome> work(
      StationInfo station, CommandReader reader, String action, Sent.Work work, String payload) {
    Optional<Long> file = links.fileOf(work.location());
    Optional<FirmwareImage> image =
        work.kind() == OperationKind.LOG ? Optional.empty() : file.flatMap(firmwares::ofFile);
    Instant now = on.time().now();
    OperationRow row =
        new OperationRow(
            on.ids().next(),
            station.operatorId(),
            station.id(),
            work.kind(),
            action,
            work.requestId(),
            OperationState.SENT,
            null,
            ReportStore.cut(UrlSecrets.masked(work.location())),
            UrlSecrets.masked(payload),
            work.whole() ? DisplayStore.WHOLE : "",
            file.orElse(null),
            image.map(FirmwareImage::id).orElse(null),
            image.map(FirmwareImage::version).orElse(null),
            null,
            null,
            null,
            now,
            now,
            List.of());
    operations.begin(row, on.ids().next());
    return outcome -> worked(station, row, answered(reader, action, outcome));
  }

  private void worked(StationInfo station, OperationRow row, Told told) {
    Instant now = on.time().now();
    OperationState state = state(row, told);
    boolean canceled = told.answer().status().equals("AcceptedCanceled");
    operations.answered(row, on.ids().next(), state, told.answer(), canceled, now);
    if (row.kind() == OperationKind.FIRMWARE && state.isOpen()) {
      awaiting.updating(station.id());
    }
    if (row.kind() == OperationKind.DISPLAY
        && state == OperationState.NOTHING
        && row.detail().equals(DisplayStore.WHOLE)) {
      on.database().transactor().run(tx -> DisplayStore.gone(tx, station.id(), null, now));
    }
  }

  private static OperationState state(OperationRow row, Told told) {
    return switch (told.reaction()) {
      case YES ->
          switch (row.kind()) {
            case UNPUBLISH -> row.kind().after(OperationState.SENT, told.answer().status());
            case LOG ->
                row.action().equals("GetDiagnostics") && told.answer().detail().isEmpty()
                    ? OperationState.NOTHING
                    : OperationState.RUNNING;
            case FIRMWARE, PUBLISH, DISPLAY -> OperationState.RUNNING;
          };
      case NO ->
          switch (row.kind()) {
            case DISPLAY -> OperationState.NOTHING;
            case UNPUBLISH -> OperationState.FAILED;
            case FIRMWARE, PUBLISH, LOG -> OperationState.REJECTED;
          };
      case ERROR -> OperationState.REJECTED;
      case SILENCE -> OperationState.UNANSWERED;
    };
  }

  private Consumer<CommandOutcome> display(
      StationInfo station, CommandReader reader, String action, Sent.SetDisplay set) {
    return outcome -> {
      Told told = answered(reader, action, outcome);
      Instant now = on.time().now();
      String answer = told.answer().status();
      switch (told.reaction()) {
        case YES ->
            write(tx -> DisplayStore.put(tx, station, set.message(), "set", answer, null, now));
        case NO, ERROR ->
            write(tx -> DisplayStore.refused(tx, station, set.message(), cut(answer, 40), now));
        case SILENCE -> {}
      }
    };
  }

  private Consumer<CommandOutcome> clear(
      StationInfo station, CommandReader reader, String action, Sent.ClearDisplay clear) {
    return outcome -> {
      Told told = answered(reader, action, outcome);
      if (told.reaction() == Reaction.YES || told.reaction() == Reaction.NO) {
        write(
            tx ->
                DisplayStore.cleared(
                    tx, station.id(), clear.messageId(), told.answer().status(), on.time().now()));
      }
    };
  }

  private Consumer<CommandOutcome> customer(
      StationInfo station, CommandReader reader, String action, Sent.Customer sent) {
    long id = on.ids().next();
    Instant now = on.time().now();
    write(tx -> CustomerStore.insert(tx, id, station, sent, now, now.plus(keepCustomers)));
    return outcome -> {
      Told told = answered(reader, action, outcome);
      Instant at = on.time().now();
      switch (told.reaction()) {
        case YES -> {
          // Without a report there is nothing to wait for (N10).
          OperationState state = sent.report() ? OperationState.RUNNING : OperationState.DONE;
          Instant end = sent.report() ? null : at;
          write(tx -> CustomerStore.answered(tx, id, state, told.answer().status(), end));
          String token = sent.idToken();
          if (sent.clear() && token != null) {
            erasure.erased(station, token);
          }
        }
        case NO, ERROR ->
            write(
                tx ->
                    CustomerStore.answered(
                        tx, id, OperationState.REJECTED, cut(told.answer().status(), 20), at));
        case SILENCE ->
            write(tx -> CustomerStore.answered(tx, id, OperationState.UNANSWERED, "", null));
      }
    };
  }

  private Consumer<CommandOutcome> transfer(
      StationInfo station, CommandReader reader, String action, Sent.Transfer sent) {
    long id = on.ids().next();
    Instant now = on.time().now();
    write(tx -> TransferStore.sent(tx, id, station, sent, now));
    return outcome -> {
      Told told = answered(reader, action, outcome);
      String status =
          switch (told.reaction()) {
            case YES, NO -> told.answer().status();
            case ERROR -> "error";
            case SILENCE -> "timeout";
          };
      write(tx -> TransferStore.answered(tx, id, status, told.answer().detail()));
    };
  }

  private void write(Consumer<org.ampay.store.Tx> work) {
    on.database().transactor().run(work);
  }

  private static String cut(String answer, int most) {
    return answer.length() <= most ? answer : answer.substring(0, most);
  }

  /** How a station took a command. */
  private enum Reaction {
    YES,
    NO,
    /** CALLERROR, nonsense, or it was never sent. */
    ERROR,
    SILENCE
  }

  private record Told(Reaction reaction, Sent.Answer answer) {}

  private static Told answered(CommandReader reader, String action, CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Answered(String payload) -> {
        Sent.Answer answer = reader.answer(action, payload);
        yield new Told(isYes(answer.status()) ? Reaction.YES : Reaction.NO, answer);
      }
      case CommandOutcome.Error(String code, String description) -> error(code, description);
      case CommandOutcome.Invalid(String _, String description) -> error("invalid", description);
      case CommandOutcome.UnknownAction(String name) -> error("not sent", name);
      case CommandOutcome.BadPayload(String field, String _) -> error("not sent", field);
      case CommandOutcome.NotConnected() -> error("not sent", "not connected");
      case CommandOutcome.TimedOut() -> new Told(Reaction.SILENCE, new Sent.Answer("", ""));
    };
  }

  private static Told error(String status, @Nullable String detail) {
    return new Told(Reaction.ERROR, new Sent.Answer(status, detail == null ? "" : detail));
  }

  private static boolean isYes(String status) {
    return switch (status) {
      case "", "Accepted", "AcceptedCanceled", "Unpublished" -> true;
      default -> false;
    };
  }
}
