package org.ampay.web.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of the JSON API, without the key itself.
 *
 * @param operatorId null: all operators
 * @param prefix the first characters of the key, to tell keys apart
 * @param revokedAt null while it is good
 * @param owner e-mail address of the person whose key it is; null: of no certain one
 */
public record ApiKey(
    long id,
    @Nullable Long operatorId,
    String name,
    Role role,
    String prefix,
    Instant createdAt,
    @Nullable Instant revokedAt,
    @Nullable String owner) {

  public Caller caller() {
    String actor = "key:" + prefix;
    String person = owner == null ? actor : ConsoleUser.person(owner);
    return new Caller(id, actor, person, role, operatorId);
  }
}
