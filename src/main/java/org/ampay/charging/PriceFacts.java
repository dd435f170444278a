package org.ampay.charging;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a session's price will depend on, gathered as the session goes: stretches of time between
 * registers, split where the EV stopped or began to ask for power. Immutable; a new stretch shares
 * those before it.
 *
 * <p>Energy between two registers flowed while the EV asked for power: it is spread over the
 * charging parts of the interval by their length, over all of it when there is none. Neighbours
 * with the same even flow are one stretch. Past the bound, neighbours of the same state are merged
 * pairwise: the price then sees longer intervals between registers, as if the station had reported
 * half as often; energy and time stay whole.
 */
final class PriceFacts {

  /** A closed stretch, linked to the one before it; compared by identity. */
  record Stretch(
      Instant from,
      Instant to,
      SegmentState state,
      Energy energy,
      @Nullable Long currentMa,
      @Nullable Stretch before) {

    long millis() {
      return Duration.between(from, to).toMillis();
    }

    Segment segment() {
      return new Segment(from, to, state, energy.toKwh(), null, amperes(currentMa), null);
    }

    boolean continues(Stretch next) {
      return state == next.state
          && to.equals(next.from)
          && Objects.equals(currentMa, next.currentMa);
    }

    /** Whether energy flows as fast in both: then the border between them says nothing. */
    boolean sameFlow(Stretch next) {
      return product(energy.milliWh(), next.millis())
          .equals(product(next.energy.milliWh(), millis()));
    }
  }

  /** A change of state after the last register, not yet part of a stretch. */
  private record Change(Instant at, SegmentState state) {}

  private final Instant at;
  private final SegmentState state;
  private final List<Change> changes;
  private final @Nullable Stretch last;
  private final int count;
  private final int bound;

  private PriceFacts(
      Instant at,
      SegmentState state,
      List<Change> changes,
      @Nullable Stretch last,
      int count,
      int bound) {
    this.at = at;
    this.state = state;
    this.changes = changes;
    this.last = last;
    this.count = count;
    this.bound = bound;
  }

  /**
   * Nothing yet.
   *
   * @param bound about how many stretches are kept before they are merged, at least 2
   */
  static PriceFacts begin(Instant at, int bound) {
    return new PriceFacts(at, SegmentState.CHARGING, List.of(), null, 0, Math.max(2, bound));
  }

  /** The state in effect after all that was reported. */
  SegmentState state() {
    return changes.isEmpty() ? state : changes.getLast().state();
  }

  /** The EV stops or begins to ask for power; a time before what is known counts as now. */
  PriceFacts change(Instant when, SegmentState to) {
    if (state() == to) {
      return this;
    }
    Instant earliest = changes.isEmpty() ? at : changes.getLast().at();
    List<Change> all = new ArrayList<>(changes);
    all.add(new Change(when.isBefore(earliest) ? earliest : when, to));
    PriceFacts changed = new PriceFacts(at, state, List.copyOf(all), last, count, bound);
    // A station that toggles without ever sending a register must not fill the memory.
    return all.size() > bound ? changed.reading(all.getLast().at(), Energy.ZERO, null) : changed;
  }

  /** A register was read: {@code delta} flowed since the last one. */
  PriceFacts reading(Instant when, Energy delta, @Nullable Long currentMa) {
    if (overflowed()) {
      return this;
    }
    Instant to = when.isBefore(at) ? at : when;
    List<Part> parts = parts(to);
    long charging = millis(parts, SegmentState.CHARGING);
    long all = charging + millis(parts, SegmentState.PARKING);
    Stretch head = last;
    int size = count;
    long left = delta.milliWh();
    long millisLeft = charging > 0 ? charging : all;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      boolean takes = charging == 0 || part.state() == SegmentState.CHARGING;
      long share = takes ? share(left, part.millis(), millisLeft, i == parts.size() - 1) : 0;
      left -= share;
      millisLeft -= takes ? part.millis() : 0;
      if (part.millis() > 0 || share > 0) {
        Stretch next =
            new Stretch(part.from(), part.to(), part.state(), new Energy(share), currentMa, head);
        Stretch joined = join(head, next);
        size += joined == next ? 1 : 0;
        head = joined;
      }
    }
    PriceFacts moved = new PriceFacts(to, parts.getLast().state(), later(to), head, size, bound);
    return size > bound && size % (bound / 2) == 0 ? moved.halved() : moved;
  }

  /** So many changes of state that merging no longer helps: nothing more is gathered. */
  boolean overflowed() {
    return count > 4 * bound;
  }

  /**
   * A register came late that is older than the first one: {@code delta} flowed between the two.
   *
   * @param first when the register was read that was the first so far
   */
  PriceFacts earlier(Instant when, Instant first, Energy delta) {
    List<Stretch> all = inOrder();
    if (all.isEmpty()) {
      return new PriceFacts(when, state, changes, null, 0, bound).reading(at, delta, null);
    }
    Stretch oldest = all.getFirst();
    if (oldest.from().isAfter(when)) {
      all.addFirst(new Stretch(when, oldest.from(), SegmentState.CHARGING, delta, null, null));
    } else {
      int index = 0;
      while (index + 1 < all.size() && !all.get(index + 1).to().isAfter(first)) {
        index++;
      }
      Stretch s = all.get(index);
      all.set(
          index,
          new Stretch(
              s.from(), s.to(), s.state(), s.energy().plus(delta), s.currentMa(), s.before()));
    }
    return new PriceFacts(at, state, changes, linked(all), all.size(), bound);
  }

  /** The same time in the same states, as if no register had been read. */
  PriceFacts emptied() {
    List<Stretch> all = inOrder();
    PriceFacts empty = begin(all.isEmpty() ? at : all.getFirst().from(), bound);
    for (Stretch stretch : all) {
      empty = empty.change(stretch.from(), stretch.state());
    }
    empty = empty.change(at, state);
    for (Change change : changes) {
      empty = empty.change(change.at(), change.state());
    }
    return empty;
  }

  /** As if it began later, where nothing has flowed before. */
  PriceFacts from(Instant later) {
    PriceFacts fresh = begin(later.isBefore(at) ? at : later, bound);
    return fresh.change(fresh.at, state());
  }

  /** The facts of the whole session. */
  SessionFacts finish(Instant end) {
    return new SessionFacts(
        closed(end)
            .after(null)
            .filter(segments -> !segments.isEmpty())
            .orElseGet(() -> List.of(nothing())));
  }

  /** With all that is known by then in stretches, as at the end. */
  PriceFacts closed(Instant end) {
    return reading(end, Energy.ZERO, null);
  }

  /** The newest stretch, which the next reading may still replace by a longer one. */
  @Nullable Stretch newest() {
    return last;
  }

  /** What came before the newest stretch and will not change, but for a fact that comes late. */
  PriceFacts settled() {
    return last == null
        ? this
        : new PriceFacts(last.from(), state, List.of(), last.before(), count - 1, bound);
  }

  /**
   * The stretches after {@code known}, all of them after null, in their order.
   *
   * @return empty when {@code known} is none of these stretches any more
   */
  Optional<List<Segment>> after(@Nullable Stretch known) {
    List<Segment> later = new ArrayList<>();
    Stretch s = last;
    while (s != null && s != known) {
      later.add(s.segment());
      s = s.before();
    }
    Collections.reverse(later);
    return s == known ? Optional.of(later) : Optional.empty();
  }

  /** The segment of facts that hold nothing: a session without length. */
  Segment nothing() {
    return Segment.of(at, at, state, Energy.ZERO);
  }

  int size() {
    return count;
  }

  private record Part(Instant from, Instant to, SegmentState state) {
    long millis() {
      return Duration.between(from, to).toMillis();
    }
  }

  /** The interval since the last register, split at the changes in it; never empty. */
  private List<Part> parts(Instant to) {
    if (changes.isEmpty()) {
      return List.of(new Part(at, to, state));
    }
    List<Part> parts = new ArrayList<>();
    Instant from = at;
    SegmentState now = state;
    for (Change change : changes) {
      if (change.at().isAfter(to)) {
        break;
      }
      parts.add(new Part(from, change.at(), now));
      from = change.at();
      now = change.state();
    }
    parts.add(new Part(from, to, now));
    return parts;
  }

  private List<Change> later(Instant to) {
    return changes.isEmpty()
        ? changes
        : changes.stream().filter(change -> change.at().isAfter(to)).toList();
  }

  private static long millis(List<Part> parts, SegmentState state) {
    long sum = 0;
    for (Part part : parts) {
      sum += part.state() == state ? part.millis() : 0;
    }
    return sum;
  }

  /** The part of what is left by its part of the time that is left: shares add up exactly. */
  private static long share(long left, long millis, long millisLeft, boolean lastPart) {
    if (millisLeft == millis && (millis > 0 || lastPart)) {
      return left;
    }
    return millisLeft == 0
        ? 0
        : product(left, millis).divide(BigInteger.valueOf(millisLeft)).longValueExact();
  }

  /** {@code next}, or {@code head} made longer by it. */
  private static Stretch join(@Nullable Stretch head, Stretch next) {
    if (head == null || !head.continues(next)) {
      return next;
    }
    boolean instant = head.millis() == 0 && next.millis() == 0;
    boolean flow = head.millis() > 0 && next.millis() > 0 && head.sameFlow(next);
    return instant || flow ? merged(head, next) : next;
  }

  private static Stretch merged(Stretch head, Stretch next) {
    return new Stretch(
        head.from(),
        next.to(),
        head.state(),
        head.energy().plus(next.energy()),
        head.currentMa(),
        head.before());
  }

  /** Neighbours of one state become one, pair by pair. */
  private PriceFacts halved() {
    List<Stretch> merged = new ArrayList<>(count);
    boolean open = false;
    for (Stretch s : inOrder()) {
      Stretch before = open ? merged.getLast() : null;
      if (before != null && before.state() == s.state() && before.to().equals(s.from())) {
        merged.set(merged.size() - 1, merged(before, s));
        open = false;
      } else {
        merged.add(s);
        open = true;
      }
    }
    return new PriceFacts(at, state, changes, linked(merged), merged.size(), bound);
  }

  private List<Stretch> inOrder() {
    List<Stretch> all = new ArrayList<>(count + 1);
    for (Stretch s = last; s != null; s = s.before()) {
      all.add(s);
    }
    Collections.reverse(all);
    return all;
  }

  private static @Nullable Stretch linked(List<Stretch> inOrder) {
    Stretch head = null;
    for (Stretch s : inOrder) {
      head = new Stretch(s.from(), s.to(), s.state(), s.energy(), s.currentMa(), head);
    }
    return head;
  }

  private static @Nullable BigDecimal amperes(@Nullable Long milliamperes) {
    return milliamperes == null || milliamperes < 0 ? null : BigDecimal.valueOf(milliamperes, 3);
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }
}
