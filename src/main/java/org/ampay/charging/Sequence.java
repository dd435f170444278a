package org.ampay.charging;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ampay.charging.SessionCommand.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers of a transaction's events have come (OCPP 2.0.1 {@code seqNo}). A hole above the
 * number of its start is an event that is late or lost. Numbers that begin again within a
 * transaction, or that several EVSEs share, are never held against a station: at worst it is asked
 * in vain. Immutable.
 *
 * @param runs without overlap, in order
 * @param started the number of the start, null while it has not come
 */
record Sequence(List<Run> runs, @Nullable Integer started) {

  static final Sequence NONE = new Sequence(List.of(), null);

  /** A station that sends random numbers must not fill the memory. */
  private static final int MAX_RUNS = 64;

  private static final int MAX_SHOWN = 8;

  /** Neighbouring numbers, both ends included. */
  record Run(int from, int to) {

    @Override
    public String toString() {
      return from == to ? String.valueOf(from) : from + "-" + to;
    }
  }

  Sequence {
    runs = List.copyOf(runs);
  }

  Sequence plus(int number, EventType type) {
    Integer start = type == EventType.STARTED ? (Integer) number : started;
    if (contains(number)) {
      return Objects.equals(start, started) ? this : new Sequence(runs, start);
    }
    List<Run> all = new ArrayList<>(runs.size() + 1);
    Run fresh = new Run(number, number);
    boolean placed = false;
    for (Run run : runs) {
      if (run.to() + 1L == fresh.from()) {
        fresh = new Run(run.from(), fresh.to());
      } else if (fresh.to() + 1L == run.from()) {
        fresh = new Run(fresh.from(), run.to());
      } else {
        if (!placed && run.from() > fresh.to()) {
          all.add(fresh);
          placed = true;
        }
        all.add(run);
      }
    }
    if (!placed) {
      all.add(fresh);
    }
    return all.size() > MAX_RUNS ? this : new Sequence(all, start);
  }

  private boolean contains(int number) {
    for (Run run : runs) {
      if (run.from() <= number && number <= run.to()) {
        return true;
      }
    }
    return false;
  }

  /** The holes above the number of the start. */
  List<Run> missing() {
    if (runs.size() < 2) {
      return List.of();
    }
    List<Run> holes = new ArrayList<>();
    for (int i = 1; i < runs.size(); i++) {
      Run hole = new Run(runs.get(i - 1).to() + 1, runs.get(i).from() - 1);
      if (started == null || hole.from() > started) {
        holes.add(hole);
      }
    }
    return holes;
  }

  /** {@code 3-5, 9}; empty when nothing is missing. */
  String missingText() {
    List<Run> holes = missing();
    String text =
        holes.stream().limit(MAX_SHOWN).map(Run::toString).collect(Collectors.joining(", "));
    return holes.size() > MAX_SHOWN ? text + ", ..." : text;
  }
}
