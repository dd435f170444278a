package org.ampay.store;

import java.time.Instant;

/**
 * A job as its handler gets it, or as a list shows it.
 *
 * @param attempts how often it was claimed, this time included; with the id it is the fence: a
 *     worker whose lease ended and was given to another one cannot finish the job any more
 * @param leasedBy the worker that claimed it, empty when nobody has
 * @param dueAt when it is or was due; when leased, the end of the lease; {@link Instant#MAX} when
 *     parked
 * @param lastError why the last attempt failed, empty at first
 */
public record Job(
    long id,
    String kind,
    long ref,
    String payload,
    int attempts,
    String leasedBy,
    Instant dueAt,
    String lastError) {

  static final int MAX_KIND_CHARS = 40;

  static final int MAX_ERROR_CHARS = 1000;

  /** An error's text as it fits into the table. */
  static String shortened(String error) {
    return error.length() <= MAX_ERROR_CHARS ? error : error.substring(0, MAX_ERROR_CHARS);
  }

  static String checkKind(String kind) {
    if (kind.isBlank() || kind.length() > MAX_KIND_CHARS) {
      throw new IllegalArgumentException("job kind '" + kind + "'");
    }
    return kind;
  }
}
