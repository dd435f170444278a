package org.ampay.access.list;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.ampay.access.StationOrder;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Sender;
import org.ampay.station.StationInfo;

/**
 * Brings the list of one station up to date. First its version is asked for: when it is the one we
 * know the content of, only what differs is sent; else the whole list. A differential update that
 * fails is followed by the whole list (D01.FR.03, 1.6 5.15).
 */
final class ListSync {

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 8; // about four hours
  private static final int MAX_ERROR = 300;

  /** A version above it leaves no room to count on: the whole list is sent, counted anew. */
  private static final int HIGHEST_VERSION = 1_000_000_000;

  private static final Sender WHY = Sender.system("local list");
  private static final Set<String> NOT_SUPPORTED = Set.of("NotSupported", "NotImplemented");

  private final StationInfo station;
  private final CommandPort commands;
  private final ListDialect dialect;
  private final Instant now;

  ListSync(StationInfo station, CommandPort commands, ListDialect dialect, Instant now) {
    this.station = station;
    this.commands = commands;
    this.dialect = dialect;
    this.now = now;
  }

  /** What a part, or all of them, came to. */
  private record Sent(ListDialect.Sent status, String detail) {
    boolean is(ListDialect.Sent other) {
      return status == other;
    }
  }

  /**
   * Asks and sends; waits for the station.
   *
   * @param belong the entries that belong there, by their keys
   * @param full send the whole list whatever it holds
   */
  ListState run(ListState before, List<ListEntry> belong, boolean full) {
    CommandOutcome asked = send(dialect.askVersion());
    if (!(asked instanceof CommandOutcome.Answered(String answer))) {
      return asked instanceof CommandOutcome.Error(String code, String ignored)
              && NOT_SUPPORTED.contains(code)
          ? before.asked(null, now).unsupported(code)
          : failed(before, "GetLocalListVersion: " + told(asked));
    }
    OptionalInt reported = dialect.version(answer);
    if (reported.isEmpty()) {
      return before.asked(-1, now).unsupported("the station keeps no list");
    }
    ListState state = before.asked(reported.getAsInt(), now);
    return bring(state, reported.getAsInt(), belong, full);
  }

  private ListState bring(ListState state, int reported, List<ListEntry> belong, boolean full) {
    Integer known = state.version();
    boolean countable = reported > 0 && reported <= HIGHEST_VERSION;
    boolean trusted = !full && countable && known != null && known == reported;
    List<ListEntry> held = trusted ? state.content() : null;
    if (held != null && held.equals(belong)) {
      return state.current(reported, held, belong.size(), null);
    }
    if (!full && reported == 0 && belong.isEmpty()) {
      return state.current(0, List.of(), 0, null);
    }
    ListLimits limits = limits();
    List<ListEntry> wanted = belong.subList(0, Math.min(belong.size(), limits.entries()));
    int above = Math.max(reported, known == null ? 0 : known);
    if (held != null) {
      List<ListChange> changes = changes(held, wanted);
      List<ListPart> parts = ListPart.cut(reported + 1, false, changes, dialect, limits);
      if (changes.isEmpty()) {
        return state.current(reported, held, belong.size(), null);
      }
      Sent sent = send(parts);
      if (sent.is(ListDialect.Sent.ACCEPTED)) {
        return state.current(parts.getLast().version(), wanted, belong.size(), now);
      }
      if (sent.is(ListDialect.Sent.NOT_SUPPORTED)) {
        return state.unsupported(sent.detail());
      }
      above = parts.getLast().version();
    }
    return whole(state, above, wanted, belong.size(), limits);
  }

  private ListState whole(
      ListState state, int above, List<ListEntry> wanted, int belong, ListLimits limits) {
    List<ListChange> all = wanted.stream().<ListChange>map(ListChange.Put::new).toList();
    int first = above > HIGHEST_VERSION ? 1 : above + 1;
    List<ListPart> parts = ListPart.cut(first, true, all, dialect, limits);
    Sent sent = send(parts);
    return switch (sent.status()) {
      case ACCEPTED -> state.current(parts.getLast().version(), wanted, belong, now);
      case NOT_SUPPORTED -> state.unsupported(sent.detail());
      case FAILED, VERSION_MISMATCH -> failed(state, "SendLocalList: " + sent.detail());
    };
  }

  private ListLimits limits() {
    return send(dialect.askLimits()) instanceof CommandOutcome.Answered(String answer)
        ? dialect.limits(answer)
        : ListLimits.UNKNOWN;
  }

  /** What has to change in a list; removals first, they make room. */
  static List<ListChange> changes(List<ListEntry> held, List<ListEntry> wanted) {
    Map<String, ListEntry> old = new HashMap<>();
    held.forEach(entry -> old.put(entry.key(), entry));
    List<ListChange> puts = new ArrayList<>();
    for (ListEntry entry : wanted) {
      if (!Objects.equals(old.remove(entry.key()), entry)) {
        puts.add(new ListChange.Put(entry));
      }
    }
    List<ListChange> changes = new ArrayList<>();
    held.stream()
        .filter(entry -> old.containsKey(entry.key()))
        .forEach(entry -> changes.add(new ListChange.Remove(entry)));
    changes.addAll(puts);
    return changes;
  }

  /** Part after part, until one is not accepted. */
  private Sent send(List<ListPart> parts) {
    for (ListPart part : parts) {
      Sent sent = answer(send(dialect.send(part)));
      if (!sent.is(ListDialect.Sent.ACCEPTED)) {
        return sent;
      }
    }
    return new Sent(ListDialect.Sent.ACCEPTED, "");
  }

  private Sent answer(CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Answered(String payload) -> {
        ListDialect.Sent status = dialect.sent(payload);
        yield new Sent(status, status.name());
      }
      case CommandOutcome.Error(String code, String ignored) when NOT_SUPPORTED.contains(code) ->
          new Sent(ListDialect.Sent.NOT_SUPPORTED, code);
      case CommandOutcome.Error _,
          CommandOutcome.Invalid _,
          CommandOutcome.UnknownAction _,
          CommandOutcome.BadPayload _,
          CommandOutcome.NotConnected _,
          CommandOutcome.TimedOut _ ->
          new Sent(ListDialect.Sent.FAILED, told(outcome));
    };
  }

  private CommandOutcome send(StationOrder order) {
    return commands
        .send(station, CommandOrder.of(WHY, order.action(), order.payload()))
        .outcome()
        .toCompletableFuture()
        .join();
  }

  private ListState failed(ListState state, String why) {
    int doublings = Math.min(state.trouble().attempts(), MOST_DOUBLINGS);
    Instant retryAt = now.plus(FIRST_PAUSE.multipliedBy(1L << doublings));
    String text = why.length() <= MAX_ERROR ? why : why.substring(0, MAX_ERROR - 1) + "…";
    return state.asked(state.reported(), now).failed(text, retryAt);
  }

  private static String told(CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Answered answered -> "answered";
      case CommandOutcome.Error error -> (error.code() + " " + error.description()).strip();
      case CommandOutcome.Invalid invalid -> "broken answer: " + invalid.description();
      case CommandOutcome.UnknownAction unknown -> "unknown action";
      case CommandOutcome.BadPayload bad -> bad.field() + ": " + bad.description();
      case CommandOutcome.NotConnected gone -> "connection lost";
      case CommandOutcome.TimedOut late -> "no answer";
    };
  }
}
