package org.ampay.access;

import java.time.Instant;
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
 */
public record Authorization(
    AuthorizationStatus status,
    @Nullable String groupToken,
    @Nullable Instant expiresAt,
    @Nullable Long tokenId,
    @Nullable Long driverId,
    @Nullable Long driverGroupId,
    int maxConcurrent) {

  /** A decision without a known token. */
  public static Authorization of(AuthorizationStatus status) {
    return new Authorization(status, null, null, null, null, null, 0);
  }

  public boolean accepted() {
    return status == AuthorizationStatus.ACCEPTED;
  }

  /** The same token with another outcome. */
  public Authorization with(AuthorizationStatus other) {
    return new Authorization(
        other, groupToken, expiresAt, tokenId, driverId, driverGroupId, maxConcurrent);
  }

  public Optional<String> group() {
    return Optional.ofNullable(groupToken);
  }
}
