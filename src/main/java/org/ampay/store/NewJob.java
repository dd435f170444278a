package org.ampay.store;

import java.time.Instant;

/**
 * Work to be done later, inserted in the transaction of the fact that it follows from.
 *
 * @param kind which handler does it, for example {@code bill}
 * @param ref the id of what it is about
 * @param runAt not before this
 * @param payload what else the handler needs, often JSON, often empty; no secrets
 */
public record NewJob(String kind, long ref, Instant runAt, String payload) {

  static final int MAX_PAYLOAD_CHARS = 1_000_000;

  public NewJob {
    Job.checkKind(kind);
    if (payload.length() > MAX_PAYLOAD_CHARS) {
      throw new IllegalArgumentException("job payload longer than " + MAX_PAYLOAD_CHARS);
    }
  }

  public NewJob(String kind, long ref, Instant runAt) {
    this(kind, ref, runAt, "");
  }
}
