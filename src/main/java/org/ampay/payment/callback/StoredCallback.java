package org.ampay.payment.callback;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A callback that was believed.
 *
 * @param eventId the provider's own
 * @param operationId of ours, that it is about
 * @param news JSON: what it says
 * @param appliedAt null: not yet
 */
public record StoredCallback(
    long id,
    long operatorId,
    long accountId,
    String eventId,
    long operationId,
    Kind kind,
    String news,
    Instant receivedAt,
    @Nullable Instant appliedAt) {

  /** What it is about. */
  public enum Kind {
    NEWS,
    DISPUTE;

    /** As stored: {@code news}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }
}
