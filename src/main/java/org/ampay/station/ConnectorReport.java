package org.ampay.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a connector, from StatusNotification or NotifyEvent.
 *
 * @param place connectorNo 0 with evseNo 0 is the station itself
 * @param status the version's own word: {@code Available}, {@code Preparing}, {@code Occupied}, ...
 * @param at by the station's clock, or of receipt where it gave none
 */
public record ConnectorReport(
    EvseRef place, String status, @Nullable String errorCode, @Nullable String info, Instant at) {}
