package org.ampay.charging;

import java.time.Instant;
import org.ampay.base.Energy;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a meter: the common measurands typed, everything else kept as the station sent it.
 *
 * @param at by the station's clock
 * @param context {@code Sample.Periodic}, {@code Transaction.Begin}, ...
 * @param register Energy.Active.Import.Register, whole outlet
 * @param powerMw Power.Active.Import in milliwatts, summed over phases
 * @param currentMa Current.Import in milliamperes, summed over phases
 * @param voltageMv in millivolts
 * @param socMilli state of charge in thousandths of a percent
 * @param extra JSON text of the other sampled values, byte for byte; null when there are none
 */
public record MeterReading(
    Instant at,
    @Nullable String context,
    @Nullable Energy register,
    @Nullable Long powerMw,
    @Nullable Long currentMa,
    @Nullable Long voltageMv,
    @Nullable Integer socMilli,
    @Nullable String extra) {}
