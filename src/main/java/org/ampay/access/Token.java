package org.ampay.access;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token that an operator knows.
 *
 * @param id 0 for one that is not stored yet
 * @param uid 1 to 36 characters, as written by the person who made it
 * @param type one of {@link #TYPES}
 * @param groupToken parentIdTag / groupIdToken
 * @param maxConcurrent sessions at a time, from 1
 * @param allowedEvses empty: all
 */
public record Token(
    long id,
    long operatorId,
    String uid,
    String type,
    @Nullable String groupToken,
    @Nullable Long driverId,
    @Nullable Long driverGroupId,
    @Nullable Instant expiresAt,
    boolean blocked,
    int maxConcurrent,
    List<AllowedEvse> allowedEvses) {

  /** The token types of OCPP 2.0.1 that a stored token may have. */
  public static final Set<String> TYPES =
      Set.of("ISO14443", "ISO15693", "eMAID", "Central", "KeyCode", "Local", "MacAddress");

  /**
   * An EVSE that the token may use.
   *
   * @param station identity of the station
   * @param evse 0: every EVSE of it
   */
  public record AllowedEvse(String station, int evse) {}

  public Token {
    allowedEvses = List.copyOf(allowedEvses);
    if (uid.isBlank() || uid.length() > 36) {
      throw new IllegalArgumentException("uid: must have 1 to 36 characters");
    }
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException("type: must be one of " + TYPES);
    }
    if (groupToken != null && (groupToken.isBlank() || groupToken.length() > 36)) {
      throw new IllegalArgumentException("group: must have 1 to 36 characters");
    }
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException("max_concurrent: must be 1 or more");
    }
  }

  /** By this tokens are compared: without case. */
  public String key() {
    return uid.toLowerCase(Locale.ROOT);
  }
}
