package org.ampay.payment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ampay.payment.OperationCloser.Heard;
import org.ampay.payment.RemoteCalls.Call;
import org.ampay.payment.provider.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the calls of a batch of bills, in the order in which they come. A bill is ready
 * when all its calls have an outcome; those that are ready at the same time are closed together, so
 * that under load few commits close many, and a slow call holds up its own bill only.
 */
final class Arrivals {

  private record Arrival(Call call, Outcome outcome) {}

  private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();
  private final Map<Long, Integer> missing = new HashMap<>();
  private final Map<Long, Long> billOf = new HashMap<>();
  private final Map<Long, Call> outstanding = new HashMap<>();
  private final Map<Long, Map<Long, Heard>> heard = new HashMap<>();
  private final Set<Long> ready = new HashSet<>();

  /**
   * Arrivals.
   *
   * @param calls by bill
   * @param billIds all bills; those without calls are ready at once
   */
  Arrivals(Map<Long, List<Call>> calls, Collection<Long> billIds) {
    for (Long bill : billIds) {
      List<Call> of = calls.getOrDefault(bill, List.of());
      heard.put(bill, new HashMap<>());
      if (of.isEmpty()) {
        ready.add(bill);
      } else {
        missing.put(bill, of.size());
      }
      for (Call call : of) {
        billOf.put(call.operation().id(), bill);
        outstanding.put(call.operation().id(), call);
      }
    }
  }

  /** Takes an outcome, on any thread. */
  void heard(Call call, Outcome outcome) {
    queue.add(new Arrival(call, outcome));
  }

  /** Whether there are bills that were not handed out. */
  boolean isExpected() {
    return !ready.isEmpty() || !missing.isEmpty();
  }

  /** What is ready. */
  record Batch(Set<Long> billIds, Map<Long, Heard> heard) {}

  /** Waits until a bill is ready; after {@code bound} without news the rest is overdue. */
  Batch next(Duration bound) {
    take();
    while (ready.isEmpty()) {
      Arrival arrival = poll(bound);
      if (arrival == null) {
        List.copyOf(outstanding.values()).forEach(c -> arrived(c, RemoteCalls.overdue()));
      } else {
        arrived(arrival.call(), arrival.outcome());
        take();
      }
    }
    Map<Long, Heard> answers = new HashMap<>();
    ready.forEach(bill -> answers.putAll(heard.getOrDefault(bill, Map.of())));
    Batch batch = new Batch(Set.copyOf(ready), answers);
    ready.clear();
    return batch;
  }

  private void take() {
    List<Arrival> more = new ArrayList<>();
    queue.drainTo(more);
    more.forEach(arrival -> arrived(arrival.call(), arrival.outcome()));
  }

  private @Nullable Arrival poll(Duration bound) {
    try {
      return queue.poll(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while providers were called", e);
    }
  }

  private void arrived(Call call, Outcome outcome) {
    long id = call.operation().id();
    Long bill = billOf.get(id);
    if (bill == null || outstanding.remove(id) == null) {
      return; // it was overdue, and is handed out by now
    }
    heard
        .computeIfAbsent(bill, b -> new HashMap<>())
        .put(id, new Heard(outcome, call.operation().result().attempts()));
    if (missing.merge(bill, -1, Integer::sum) == 0) {
      missing.remove(bill);
      ready.add(bill);
    }
  }
}
