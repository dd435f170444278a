package org.ampay.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where a token may be known that we do not know. */
public interface TokenSource {

  /** Nobody. */
  TokenSource NONE = request -> CompletableFuture.completedStage(false);

  /**
   * Asks, for a bounded time. Never completes exceptionally.
   *
   * @return whether the token is among ours now, be it a good one or not
   */
  CompletionStage<Boolean> look(AuthorizationRequest request);
}
