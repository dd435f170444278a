package org.ampay.tariff.proof;

import java.time.LocalDateTime;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.Tariff;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a session inside which nothing changes that any restriction asks for. All that is
 * said of it holds at its beginning.
 *
 * @param tariff position of its tariff in the snapshot
 * @param local what the site's clock shows
 * @param elapsed seconds since the session, or its reservation, began
 * @param consumed kWh of the session so far
 * @param parked seconds of parking so far
 * @param power kW; null when it is not known
 * @param hours its own length
 * @param kwh its own energy
 */
record Piece(
    Segment segment,
    int tariff,
    Tariff terms,
    LocalDateTime local,
    Ratio elapsed,
    Ratio consumed,
    Ratio parked,
    @Nullable Ratio power,
    Ratio hours,
    Ratio kwh) {

  boolean isReservation() {
    return segment.state() == SegmentState.RESERVATION
        || segment.state() == SegmentState.RESERVATION_EXPIRED;
  }

  boolean isParking() {
    return segment.state() == SegmentState.PARKING;
  }
}
