package org.ampay.ocpi.push;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a partner's queue is.
 *
 * @param awaySince since when it does not answer; null: it does
 */
public record PushSummary(List<Count> counts, @Nullable Instant awaySince) {

  public PushSummary {
    counts = List.copyOf(counts);
  }

  /**
   * Objects of a kind.
   *
   * @param oldest when the change came that waits longest; of no meaning unless they wait
   */
  public record Count(PushKind kind, PushState.Stand state, long objects, Instant oldest) {}
}
