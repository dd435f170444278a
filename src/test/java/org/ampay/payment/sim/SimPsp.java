package org.ampay.payment.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.StatementLine;
import org.jspecify.annotations.Nullable;

/**
 * A provider with books of its own, that keeps every promise providers make (a reference moves
 * money once, a query tells the truth) and none that they do not make: its answers get lost, come
 * late or not at all, and its callbacks come twice, in any order, forged, or never.
 */
final class SimPsp implements RemoteProvider {

  static final String NAME = "sim";

  /** So long after a call a query may still say "not found" of what is on its way. */
  static final Duration SETTLING = Duration.ofSeconds(30);

  private static final String KEY = "the provider's key";
  private static final long HUGE = 100_000_000;

  /** What the provider has of a reference. */
  static final class Entry {
    final CommandKind kind;
    final String about;
    final long asked;
    final Instant at;

    /** What moved: to the merchant positive, back to the payer negative. */
    long moved;

    /** What is set aside. */
    long held;

    boolean declined;
    boolean cancelled;

    /** Waits for the payer. */
    boolean waiting;

    /** Done, but not told before that. */
    Instant visibleFrom;

    Entry(CommandKind kind, String about, long asked, Instant at) {
      this.kind = kind;
      this.about = about;
      this.asked = asked;
      this.at = at;
      this.visibleFrom = at;
    }
  }

  private final Dice dice;
  private final TimeSource time;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Instant> firstSent = new LinkedHashMap<>();
  private final Consumer<RawCallback> post;
  private final Runnable duringCall;
  private long events;

  /**
   * A provider.
   *
   * @param post takes callbacks to deliver them some time
   * @param duringCall what else happens while a call is on its way
   */
  SimPsp(Dice dice, TimeSource time, Consumer<RawCallback> post, Runnable duringCall) {
    this.dice = dice;
    this.time = time;
    this.post = post;
    this.duringCall = duringCall;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Set.of(Capabilities.Flow.PREAUTH, Capabilities.Flow.QR),
        EnumSet.of(
            CommandKind.AUTHORIZE,
            CommandKind.PRESENT,
            CommandKind.CANCEL,
            CommandKind.CAPTURE,
            CommandKind.RELEASE,
            CommandKind.CHARGE,
            CommandKind.REFUND),
        Set.of(Capabilities.Feature.PARTIAL_CAPTURE),
        new Capabilities.Idempotency(
            Capabilities.Idempotency.By.REFERENCE, Duration.ofDays(36_500)),
        Set.of("CNY"),
        new Capabilities.Limits(1, HUGE, Duration.ofDays(7), Duration.ofDays(180), 0));
  }

  /** The payer has agreed to a hold already. */
  void holds(String reference, long minor) {
    Entry entry =
        entries.computeIfAbsent(
            reference, ref -> new Entry(CommandKind.AUTHORIZE, "", minor, time.now()));
    entry.held = minor;
  }

  // ---- what the merchant calls ----

  @Override
  public Outcome execute(PaymentCommand command) {
    String reference = command.operation().reference();
    firstSent.putIfAbsent(reference, time.now());
    if (dice.crashes()) {
      throw new Crash("before the call of " + reference);
    }
    duringCall.run();
    Outcome lost = lostOnTheWay();
    if (lost != null) {
      return lost;
    }
    SimRun.TALLY.merge("calls", 1, Integer::sum);
    boolean isNew = !entries.containsKey(reference);
    Entry entry = entries.computeIfAbsent(reference, ref -> done(command));
    if (isNew) {
      tell(reference, entry);
    }
    if (dice.crashes()) {
      throw new Crash("after the call of " + reference);
    }
    duringCall.run();
    if (dice.fails()) {
      SimRun.TALLY.merge("answers lost", 1, Integer::sum);
      return new Outcome.Unknown("the answer was lost");
    }
    return entry.visibleFrom.isAfter(time.now())
        ? new Outcome.Pending(ref(reference))
        : outcome(reference, entry);
  }

  /** Null when the call arrives. */
  private @Nullable Outcome lostOnTheWay() {
    if (!dice.fails()) {
      return null;
    }
    SimRun.TALLY.merge("calls lost", 1, Integer::sum);
    return switch (dice.below(3)) {
      case 0 -> new Outcome.NotSent("connection refused");
      case 1 -> new Outcome.Unknown("time-out");
      default -> new Outcome.Unknown("500");
    };
  }

  @Override
  public Outcome query(PaymentCommand command) {
    String reference = command.operation().reference();
    if (dice.crashes()) {
      throw new Crash("before the query of " + reference);
    }
    duringCall.run();
    if (dice.fails()) {
      return new Outcome.Unknown("nobody answers");
    }
    Entry entry = entries.get(reference);
    if (entry == null) {
      Instant sent = firstSent.getOrDefault(reference, command.operation().createdAt());
      return sent.plus(SETTLING).isAfter(time.now())
          ? new Outcome.Unknown("not found, too early to tell")
          : new Outcome.NotSent("not found");
    }
    return entry.visibleFrom.isAfter(time.now())
        ? new Outcome.Pending(ref(reference))
        : outcome(reference, entry);
  }

  // ---- the provider's own decisions ----

  private Entry done(PaymentCommand command) {
    long amount = command.operation().amount().minor();
    Instant now = time.now();
    Entry entry = new Entry(command.kind(), about(command), amount, now);
    switch (command) {
      case PaymentCommand.Authorize _, PaymentCommand.Present _ -> entry.waiting = true;
      case PaymentCommand.Capture capture -> capture(entry, entries.get(entry.about), amount);
      case PaymentCommand.Release _ -> release(entry, entries.get(entry.about));
      case PaymentCommand.Charge _ -> take(entry, amount);
      case PaymentCommand.Cancel _ -> cancel(entry, entries.get(entry.about));
      case PaymentCommand.Refund _ -> refund(entry, amount);
      case PaymentCommand.Increment _, PaymentCommand.Split _, PaymentCommand.Payout _ ->
          entry.declined = true;
    }
    if (!entry.waiting && dice.fails()) {
      entry.visibleFrom = now.plus(dice.seconds(90));
    }
    return entry;
  }

  private static String about(PaymentCommand command) {
    return switch (command) {
      case PaymentCommand.Capture capture -> capture.hold().reference();
      case PaymentCommand.Release release -> release.hold().reference();
      case PaymentCommand.Cancel cancel -> cancel.target().reference();
      case PaymentCommand.Refund refund -> refund.taken().reference();
      default -> "";
    };
  }

  private void capture(Entry entry, @Nullable Entry hold, long amount) {
    if (hold == null || hold.held < amount || dice.chance(3)) {
      entry.declined = true;
      return;
    }
    hold.held = 0;
    entry.moved = amount;
  }

  private static void release(Entry entry, @Nullable Entry hold) {
    if (hold == null) {
      entry.declined = true;
      return;
    }
    hold.held = 0;
    hold.waiting = false;
    hold.cancelled = true;
  }

  private void take(Entry entry, long amount) {
    if (dice.chance(30)) {
      entry.declined = true;
    } else {
      entry.moved = amount;
    }
  }

  private static void cancel(Entry entry, @Nullable Entry asked) {
    if (asked == null || asked.moved > 0 || asked.held > 0) {
      entry.declined = asked != null;
      return;
    }
    asked.waiting = false;
    asked.cancelled = true;
  }

  private void refund(Entry entry, long amount) {
    Entry taken = entries.get(entry.about);
    long given =
        entries.values().stream()
            .filter(e -> e.kind == CommandKind.REFUND && e.about.equals(entry.about))
            .mapToLong(e -> -e.moved)
            .sum();
    if (taken == null || given + amount > taken.moved) {
      entry.declined = true;
    } else {
      entry.moved = -amount;
    }
  }

  private static Outcome outcome(String reference, Entry entry) {
    if (entry.declined) {
      return new Outcome.Declined("no");
    }
    if (entry.waiting) {
      return new Outcome.ActionRequired(ref(reference), Form.QR, "sim://" + reference);
    }
    if (entry.cancelled) {
      return new Outcome.Declined("cancelled");
    }
    Money done = cny(entry.asked);
    return new Outcome.Succeeded(done, cny(0), ref(reference));
  }

  private static String ref(String reference) {
    return "sim_" + reference;
  }

  private static Money cny(long minor) {
    return new Money("CNY", minor);
  }

  // ---- the payer ----

  /** References that wait for their payer. */
  List<String> waiting() {
    return entries.entrySet().stream()
        .filter(e -> e.getValue().waiting)
        .map(Map.Entry::getKey)
        .toList();
  }

  void payerAgrees(String reference) {
    Entry entry = entries.get(reference);
    if (entry != null && entry.waiting) {
      entry.waiting = false;
      if (entry.kind == CommandKind.AUTHORIZE) {
        entry.held = entry.asked;
      } else {
        entry.moved = entry.asked;
      }
      tell(reference, entry);
    }
  }

  void payerDeclines(String reference) {
    Entry entry = entries.get(reference);
    if (entry != null && entry.waiting) {
      entry.waiting = false;
      entry.declined = true;
      tell(reference, entry);
    }
  }

  // ---- callbacks ----

  private void tell(String reference, Entry entry) {
    if (entry.waiting) {
      return;
    }
    events++;
    String event =
        events + "|" + reference + "|" + entry.asked + "|" + (entry.declined ? "no" : "ok");
    if (dice.fails() && dice.chance(50)) {
      return; // lost
    }
    post.accept(signed(event, KEY));
    if (dice.fails()) {
      post.accept(signed(event, KEY)); // twice
    }
    if (dice.fails()) {
      String other = events + "f|" + reference + "|" + (entry.asked + 1) + "|ok";
      post.accept(dice.chance(50) ? signed(other, "another key") : signed(other, KEY));
    }
    if (dice.fails()) {
      post.accept(signed(events + "u|nobody-knows-" + events + "|5|ok", KEY));
    }
  }

  private RawCallback signed(String event, String key) {
    return new RawCallback(
        Map.of("signature", Integer.toHexString((event + key).hashCode())),
        event.getBytes(StandardCharsets.UTF_8),
        time.now());
  }

  @Override
  public Callback verify(RawCallback raw) {
    String event = new String(raw.body(), StandardCharsets.UTF_8);
    if (!raw.header("signature").orElse("").equals(Integer.toHexString((event + KEY).hashCode()))) {
      return new Callback.Refused(Callback.Refusal.WRONG_SIGNATURE);
    }
    List<String> parts = List.of(event.split("\\|"));
    Money amount = cny(Long.parseLong(parts.get(2)));
    Outcome outcome =
        parts.get(3).equals("ok")
            ? new Outcome.Succeeded(amount, cny(0), ref(parts.get(1)))
            : new Outcome.Declined("no");
    return new Callback.News(parts.get(0), parts.get(1), ref(parts.get(1)), amount, outcome);
  }

  @Override
  public CallbackAnswer acknowledged() {
    return new CallbackAnswer(200, "text/plain", "ok");
  }

  @Override
  public CallbackAnswer again() {
    return new CallbackAnswer(503, "text/plain", "again");
  }

  @Override
  public boolean statement(LocalDate day, Consumer<StatementLine> lines) {
    return false;
  }

  // ---- its books ----

  Map<String, Entry> entries() {
    return entries;
  }

  long movedInAll() {
    return entries.values().stream().mapToLong(e -> e.moved).sum();
  }

  /** References of money that is set aside, still. */
  List<String> holdsLeft() {
    List<String> left = new ArrayList<>();
    entries.forEach(
        (reference, entry) -> {
          if (entry.held > 0) {
            left.add(reference);
          }
        });
    return left;
  }
}
