package org.ampay.payment.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** What is to happen, in the order of its time; equal times in the order of their coming. */
final class SimEvents {

  private record Event(Instant at, long number, Runnable work) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long number;

  void at(Instant at, Runnable work) {
    queue.add(new Event(at, number++, work));
  }

  List<Runnable> due(Instant now) {
    List<Runnable> due = new ArrayList<>();
    for (Event next = queue.peek(); next != null && !next.at().isAfter(now); next = queue.peek()) {
      due.add(queue.poll().work());
    }
    return due;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }
}
