package org.ampay.charging;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.base.Mailbox;
import org.ampay.charging.SessionPort.Report;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a station. Its mailbox hands it a message at a time, the next one only when the
 * decision on the last is committed: so the state is only ever touched by one thread at a time.
 */
final class StationOwner {

  /** A report, and who waits for the answer. */
  record Message(Report report, CompletableFuture<SessionReply> answer) {}

  private final Sessions.Shared shared;
  private final Mailbox<Message> mailbox;
  private final RunningCosts costs = new RunningCosts();

  /** Null: not loaded, or in doubt; then it is loaded (again). */
  private @Nullable StationState state;

  private volatile Instant lastHeard = Instant.MIN;

  StationOwner(Sessions.Shared shared) {
    this.shared = shared;
    this.mailbox =
        new Mailbox<>(shared.settings().mailbox(), shared.engine().decisions(), this::handle);
  }

  Mailbox.Offer offer(Message message) {
    return mailbox.offer(message);
  }

  /** Closes the owner when it has heard nothing since {@code limit}. */
  boolean closeIfIdle(Instant limit) {
    return lastHeard.isBefore(limit) && mailbox.closeIfIdle();
  }

  private CompletionStage<?> handle(Message message) {
    lastHeard = message.report().receivedAt();
    return new Turn(this, shared, message.report()).run().thenAccept(message.answer()::complete);
  }

  @Nullable StationState state() {
    return state;
  }

  RunningCosts costs() {
    return costs;
  }

  void become(StationState next) {
    state = next;
  }

  /** What is in memory may be behind the database. */
  void doubt() {
    state = null;
  }
}
