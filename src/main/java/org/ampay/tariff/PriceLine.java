package org.ampay.tariff;

/**
 * One component in one period, unrounded.
 *
 * @param period index of the period
 * @param volume what was used: kWh, hours or 1
 * @param billed what is paid for: more than {@code volume} where a step size rounded it up
 */
public record PriceLine(
    int period, LineDimension dimension, PricedBy by, Exact volume, Exact billed, Amount amount) {}
