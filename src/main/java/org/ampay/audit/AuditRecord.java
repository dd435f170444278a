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

  /** The same entry with the hash of its content and of the entry before it. */
  AuditRecord sealed() {
    return new AuditRecord(
        id, operatorId, at, actor, action, subject, detail, prevHash, contentHash());
  }

  private byte[] contentHash() {
    return Digests.sha256(
        prevHash,
        id,
        operatorId == null ? "" : operatorId,
        at.toEpochMilli(),
        actor,
        action,
        subject,
        detail);
  }

  /** True when the hash is that of the content. */
  boolean intact() {
    return Arrays.equals(hash, contentHash());
  }
}
