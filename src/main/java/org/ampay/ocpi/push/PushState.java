package org.ampay.ocpi.push;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a partner knows of an object.
 *
 * @param wanted counts the changes that it should know
 * @param taken up to which of them it knows
 * @param attempts failures since the last success
 * @param dueAt when it is tried (again), if it waits
 * @param wantedAt when the first change came that it does not know
 * @param takenAt when it last took the object; null: never
 * @param error why the last attempt failed; null: it did not
 */
public record PushState(
    PushKind kind,
    String key,
    Stand state,
    long wanted,
    long taken,
    int attempts,
    Instant dueAt,
    Instant wantedAt,
    @Nullable Instant triedAt,
    @Nullable Instant takenAt,
    @Nullable String error) {

  /** Kind and key: no two objects of a partner have the same. */
  public String name() {
    return kind.code() + " " + key;
  }

  /** Where an object stands at a partner. */
  public enum Stand {
    /** It will be sent. */
    WAITING,
    /** The partner has its newest state. */
    TAKEN,
    /** The partner refused it; a change or a person has it sent again. */
    GIVEN_UP,
    /** The partner has no endpoint for it: it pulls, if it wants. */
    NO_ENDPOINT;

    /** As stored and shown. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
