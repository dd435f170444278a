package org.ampay.audit;

import java.time.Instant;
import java.util.Arrays;
import org.ampay.base.Digests;
import org.jspecify.annotations.Nullable;

/**
 * A stored entry, a link of the chain.
 *
 * @param id 1, 2, 3 … without a gap
 * @param detail JSON text
 * @param prevHash hash of the entry before; 32 zero bytes before the first
 */
public record AuditRecord(
    long id,
    @Nullable Long operatorId,
    Instant at,
    String actor,
    String action,
    String subject,
    String detail,
    byte[] prevHash,
    byte[] hash) {

  /**
   * The hash of an entry's content.
   *
   * @param texts actor, action, subject, detail
   */
  static byte[] hash(
      byte[] prevHash, long id, @Nullable Long operatorId, Instant at, String... texts) {
    return Digests.sha256(
        prevHash,
        id,
        operatorId == null ? "" : operatorId,
        at.toEpochMilli(),
        texts[0],
        texts[1],
        texts[2],
        texts[3]);
  }

  /** True when the hash is that of the content. */
  boolean intact() {
    return Arrays.equals(
        hash, hash(prevHash, id, operatorId, at, actor, action, subject, detail));
  }
}
