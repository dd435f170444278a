package org.ampay.payment;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.ampay.charging.StartGuard;
import org.ampay.store.CommitResult;
import org.ampay.store.GroupCommit;
import org.ampay.store.StoreException;
import org.ampay.store.Transactor;

/**
 * Reserves a place among the token's sessions and the operator's hold in the driver's wallet.
 * Starts that arrive together are decided in one committed step.
 *
 * <p>A token without a driver may start: nothing is held, and its bill waits for a person.
 */
public final class WalletGuard implements StartGuard, AutoCloseable {

  /** How long a hold waits for its session. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(15);

  private final GroupCommit<Request, Verdict> commits;

  public WalletGuard(
      GroupCommit.Settings settings,
      Transactor transactor,
      HoldWriter writer,
      GroupCommit.Environment environment) {
    this.commits = new GroupCommit<>(settings, transactor, writer, environment);
  }

  /** Fails when the reservation could not be committed: the start must not be answered. */
  @Override
  public CompletionStage<Verdict> reserve(Request request) {
    return commits
        .submit(request)
        .thenApply(
            result ->
                switch (result) {
                  case CommitResult.Committed<Verdict> committed -> committed.result();
                  case CommitResult.Failed<Verdict> failed ->
                      throw new CompletionException(failed.cause());
                  case CommitResult.Refused<Verdict> refused ->
                      throw new CompletionException(
                          new StoreException.Unavailable("start guard: " + refused.reason(), null));
                });
  }

  @Override
  public void close() {
    commits.close();
  }

  /** Completed when, after {@link #close}, nothing waits any more. */
  public CompletionStage<Void> drained() {
    return commits.drained();
  }

  static ByteBuffer key(Request request) {
    return ByteBuffer.wrap(request.key());
  }

  static List<ByteBuffer> keys(List<Request> requests) {
    return requests.stream().map(WalletGuard::key).distinct().toList();
  }
}
