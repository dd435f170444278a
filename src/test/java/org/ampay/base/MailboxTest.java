package org.ampay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<String> handled = new ArrayList<>();
  private final List<CompletableFuture<Void>> commits = new ArrayList<>();
  private final Mailbox<String> mailbox =
      new Mailbox<>(
          2,
          tasks::add,
          message -> {
            handled.add(message);
            CompletableFuture<Void> commit = new CompletableFuture<>();
            commits.add(commit);
            return commit;
          });

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Test
  void nextMessage_waitsForTheCommitOfTheLast() {
    mailbox.offer("a");
    mailbox.offer("b");
    runTasks();
    assertThat(handled).containsExactly("a");
    commits.getFirst().complete(null);
    runTasks();
    assertThat(handled).containsExactly("a", "b");
  }

  @Test
  void fullMailbox_refuses() {
    assertThat(mailbox.offer("a")).isEqualTo(Mailbox.Offer.ACCEPTED);
    runTasks();
    assertThat(mailbox.offer("b")).isEqualTo(Mailbox.Offer.ACCEPTED);
    assertThat(mailbox.offer("c")).isEqualTo(Mailbox.Offer.ACCEPTED);
    assertThat(mailbox.offer("d")).isEqualTo(Mailbox.Offer.FULL);
  }

  @Test
  void failedHandling_doesNotStopTheNext() {
    mailbox.offer("a");
    mailbox.offer("b");
    runTasks();
    commits.getFirst().completeExceptionally(new IllegalStateException("on purpose"));
    runTasks();
    assertThat(handled).containsExactly("a", "b");
  }

  @Test
  void closing_needsIdleness_andIsFinal() {
    mailbox.offer("a");
    runTasks();
    assertThat(mailbox.closeIfIdle()).isFalse();
    commits.getFirst().complete(null);
    runTasks();
    assertThat(mailbox.closeIfIdle()).isTrue();
    assertThat(mailbox.offer("b")).isEqualTo(Mailbox.Offer.CLOSED);
  }

  @Test
  void manyThreads_neverHandleTwoAtATime() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger count = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Mailbox<Integer> busy =
          new Mailbox<>(
              100_000,
              threads,
              number -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                count.incrementAndGet();
                inside.decrementAndGet();
                return number % 3 == 0
                    ? CompletableFuture.runAsync(() -> {}, threads)
                    : CompletableFuture.completedFuture(null);
              });
      for (int sender = 0; sender < 4; sender++) {
        threads.execute(
            () -> {
              for (int i = 0; i < 1000; i++) {
                busy.offer(i);
              }
            });
      }
      while (count.get() < 4000) {
        Thread.onSpinWait();
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(most).hasValue(1);
    assertThat(count).hasValue(4000);
  }
}
