package org.ampay.station;

import org.jspecify.annotations.Nullable;

/**
 * What a station says of itself in BootNotification.
 *
 * @param reason 2.0.1 only, for example {@code PowerUp}
 */
public record BootReport(
    Protocol protocol,
    String vendor,
    String model,
    @Nullable String serialNumber,
    @Nullable String firmwareVersion,
    @Nullable String reason) {}
