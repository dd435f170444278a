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
 * @param traits what few tokens have
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
    List<AllowedEvse> allowedEvses,
    Traits traits) {

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

  /**
   * What few tokens have.
   *
   * @param evseType {@code AC} or {@code DC}: it may use only EVSEs of that current; null: any
   * @param masterPass its group stops sessions and starts none (C16); of the group, not stored here
   * @param language the driver's, RFC 5646; of the driver, not stored here
   * @param orderId made for that order: it starts only that one's session
   * @param alwaysAsked somebody outside decides each time: it goes in no list or cache of a station
   */
  public record Traits(
      @Nullable String evseType,
      boolean masterPass,
      @Nullable String language,
      @Nullable Long orderId,
      boolean alwaysAsked) {

    public static final Traits NONE = new Traits(null, false, null);

    /** Of a token that is for no single order. */
    public Traits(@Nullable String evseType, boolean masterPass, @Nullable String language) {
      this(evseType, masterPass, language, null, false);
    }

    /** Of a token that its partner is asked about each time. */
    public static Traits asked() {
      return new Traits(null, false, null, null, true);
    }

    /** The same for another current. */
    public Traits withEvseType(@Nullable String other) {
      return new Traits(other, masterPass, language, orderId, alwaysAsked);
    }

    public Traits {
      if (evseType != null && !evseType.equals("AC") && !evseType.equals("DC")) {
        throw new IllegalArgumentException("evse_type: must be AC or DC");
      }
    }
  }

  /** A token without further traits. */
  public Token(
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
    this(
        id,
        operatorId,
        uid,
        type,
        groupToken,
        driverId,
        driverGroupId,
        expiresAt,
        blocked,
        maxConcurrent,
        allowedEvses,
        Traits.NONE);
  }

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

  /** The same under the id of its row. */
  Token stored(long newId) {
    return new Token(
        newId,
        operatorId,
        uid,
        type,
        groupToken,
        driverId,
        driverGroupId,
        expiresAt,
        blocked,
        maxConcurrent,
        allowedEvses,
        traits);
  }

  /** The same, blocked or not. */
  public Token withBlocked(boolean now) {
    return new Token(
        id,
        operatorId,
        uid,
        type,
        groupToken,
        driverId,
        driverGroupId,
        expiresAt,
        now,
        maxConcurrent,
        allowedEvses,
        traits);
  }

  /** By this tokens are compared: without case. */
  public String key() {
    return uid.toLowerCase(Locale.ROOT);
  }
}
