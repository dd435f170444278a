package org.ampay.station.device;

/**
 * A monitor on a variable.
 *
 * @param place its attribute is always {@code Actual}
 * @param type {@code UpperThreshold}, {@code LowerThreshold}, {@code Delta}, {@code Periodic},
 *     {@code PeriodicClockAligned}
 * @param value decimal text: a limit, a difference or seconds
 * @param severity 0 (danger) to 9 (debug)
 * @param duringTransactions active during transactions only
 */
public record MonitorFact(
    int monitorId,
    VariableKey place,
    String type,
    String value,
    int severity,
    boolean duringTransactions) {}
