package org.ampay.charging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Merges look-ups of many into few queries, one query at a time: what is asked for meanwhile is the
 * next one. Its queue is bounded by the number of stations, each of which waits for one answer.
 */
final class Batcher<K, V> {

  private record Ask<K, V>(K key, CompletableFuture<V> answer) {}

  private final Executor io;
  private final int most;
  private final Function<List<K>, Map<K, V>> load;
  private final Queue<Ask<K, V>> queue = new ArrayDeque<>();
  private boolean running;

  /**
   * A batcher.
   *
   * @param io runs the queries; they block
   * @param most keys in one query
   * @param load has an answer for every key
   */
  Batcher(Executor io, int most, Function<List<K>, Map<K, V>> load) {
    this.io = io;
    this.most = most;
    this.load = load;
  }

  CompletionStage<V> get(K key) {
    CompletableFuture<V> answer = new CompletableFuture<>();
    synchronized (queue) {
      queue.add(new Ask<>(key, answer));
      if (running) {
        return answer;
      }
      running = true;
    }
    try {
      io.execute(this::run);
    } catch (RejectedExecutionException e) {
      failAll(e);
    }
    return answer;
  }

  private void run() {
    for (List<Ask<K, V>> batch = next(); !batch.isEmpty(); batch = next()) {
      answer(batch);
    }
  }

  private void answer(List<Ask<K, V>> batch) {
    Map<K, V> found;
    try {
      found = load.apply(batch.stream().map(Ask::key).distinct().toList());
    } catch (RuntimeException e) {
      batch.forEach(ask -> ask.answer().completeExceptionally(e));
      return;
    }
    for (Ask<K, V> ask : batch) {
      V value = found.get(ask.key());
      if (value == null) {
        ask.answer().completeExceptionally(new IllegalStateException("no answer to a look-up"));
      } else {
        ask.answer().complete(value);
      }
    }
  }

  private List<Ask<K, V>> next() {
    synchronized (queue) {
      List<Ask<K, V>> batch = new ArrayList<>(Math.min(most, queue.size()));
      while (batch.size() < most && !queue.isEmpty()) {
        batch.add(queue.remove());
      }
      running = !batch.isEmpty();
      return batch;
    }
  }

  private void failAll(RuntimeException cause) {
    List<Ask<K, V>> all;
    synchronized (queue) {
      all = List.copyOf(queue);
      queue.clear();
      running = false;
    }
    all.forEach(ask -> ask.answer().completeExceptionally(cause));
  }
}
