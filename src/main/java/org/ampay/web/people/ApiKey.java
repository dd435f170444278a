package org.ampay.web.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of the JSON API, without the key itself.
 *
 * @param operatorId null: all operators
 * @param prefix the first characters of the key, to tell keys apart
 * @param revokedAt null while it is good
 */
public record ApiKey(
    long id,
    @Nullable Long operatorId,
    String name,
    Role role,
    String prefix,
    Instant createdAt,
    @Nullable Instant revokedAt) {

  public Caller caller() {
    return new Caller(id, "key:" + prefix, role, operatorId);
  }
}
