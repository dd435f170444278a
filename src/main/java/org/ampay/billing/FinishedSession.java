package org.ampay.billing;

import java.time.Instant;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * A session that is over, as its bill needs it.
 *
 * @param state as stored; only {@code finished} ones are billed
 * @param total what the station was told; null when the session could not be priced
 * @param priceFacts canonical text of what the price depends on
 */
public record FinishedSession(
    long id,
    Place place,
    String state,
    @Nullable Token token,
    @Nullable Long driverId,
    @Nullable Long holdId,
    Meter meter,
    @Nullable Long snapshotId,
    @Nullable String priceFacts,
    @Nullable Money total) {

  /** Where it was. */
  public record Place(
      long operatorId,
      long stationId,
      int evseNo,
      int connectorNo,
      String protocol,
      String transactionId) {}

  /** The token that was shown, as the station sent it. */
  public record Token(String uid, String type) {}

  /** When, and what the registers said, thousandths of a watt-hour. */
  public record Meter(
      Instant startedAt,
      @Nullable Instant stoppedAt,
      @Nullable Long startMwh,
      @Nullable Long stopMwh,
      @Nullable Long energyMwh) {}
}
