package org.ampay.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decision about a token.
 *
 * @param groupToken parentIdTag / groupIdToken
 * @param expiresAt when the token expires
 * @param tokenId row of the token; null when unknown or without a token
 * @param driverId row of the driver; null when the token has none
 * @param driverGroupId the driver's contract or membership group
 * @param maxConcurrent how many sessions the token may have at a time
 * @param told what OCPP 2.0.1 tells besides
 * @param orderId the paid order that the token is for; null: for none
 */
public record Authorization(
    AuthorizationStatus status,
    @Nullable String groupToken,
    @Nullable Instant expiresAt,
    @Nullable Long tokenId,
    @Nullable Long driverId,
    @Nullable Long driverGroupId,
    int maxConcurrent,
    Told told,
    @Nullable Long orderId) {

  /**
   * What few stations hear of.
   *
   * @param evses the EVSEs of the station that it may use; empty: all, or none when it is refused
   * @param language the driver's, RFC 5646
   * @param masterPass its group is a master pass: it stops sessions and starts none
   */
  public record Told(List<Integer> evses, @Nullable String language, boolean masterPass) {

    public static final Told NOTHING = new Told(List.of(), null, false);

    public Told {
      evses = List.copyOf(evses);
    }
  }

  /** A decision without more to tell. */
  public Authorization(
      AuthorizationStatus status,
      @Nullable String groupToken,
      @Nullable Instant expiresAt,
      @Nullable Long tokenId,
      @Nullable Long driverId,
      @Nullable Long driverGroupId,
      int maxConcurrent) {
    this(
        status,
        groupToken,
        expiresAt,
        tokenId,
        driverId,
        driverGroupId,
        maxConcurrent,
        Told.NOTHING);
  }

  /** A decision about a token that is for no single order. */
  public Authorization(
      AuthorizationStatus status,
      @Nullable String groupToken,
      @Nullable Instant expiresAt,
      @Nullable Long tokenId,
      @Nullable Long driverId,
      @Nullable Long driverGroupId,
      int maxConcurrent,
      Told told) {
    this(
        status, groupToken, expiresAt, tokenId, driverId, driverGroupId, maxConcurrent, told, null);
  }

  /** A decision without a known token. */
  public static Authorization of(AuthorizationStatus status) {
    return new Authorization(status, null, null, null, null, null, 0);
  }

  public boolean accepted() {
    return status == AuthorizationStatus.ACCEPTED;
  }

  /** The same token with another outcome. */
  public Authorization with(AuthorizationStatus other) {
    Told still =
        other == AuthorizationStatus.ACCEPTED
            ? told
            : new Told(List.of(), told.language(), told.masterPass());
    return new Authorization(
        other,
        groupToken,
        expiresAt,
        tokenId,
        driverId,
        driverGroupId,
        maxConcurrent,
        still,
        orderId);
  }

  public Optional<String> group() {
    return Optional.ofNullable(groupToken);
  }
}
