package org.ampay.access.list;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.Token;
import org.jspecify.annotations.Nullable;

/**
 * A token as a local list has it.
 *
 * @param evses empty: all
 */
public record ListEntry(
    String uid,
    String type,
    AuthorizationStatus status,
    @Nullable String group,
    @Nullable Instant expiresAt,
    List<Integer> evses,
    @Nullable String language) {

  public ListEntry {
    evses = List.copyOf(evses);
  }

  static ListEntry of(Token token, Authorization told) {
    return new ListEntry(
        token.uid(),
        token.type(),
        told.status(),
        told.groupToken(),
        told.expiresAt(),
        told.told().evses(),
        told.told().language());
  }

  /** By this entries are the same one: each token is in a list once (D01.FR.06). */
  public String key() {
    return uid.toLowerCase(Locale.ROOT);
  }

  /** As an answer to Authorize would say it. */
  public Authorization told() {
    return new Authorization(
        status,
        group,
        expiresAt,
        null,
        null,
        null,
        0,
        new Authorization.Told(evses, language, false));
  }
}
