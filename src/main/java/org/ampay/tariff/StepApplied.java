package org.ampay.tariff;

/**
 * A volume that was rounded up to a multiple of a step.
 *
 * @param by the component whose step and price count: the last one that priced any volume
 * @param volume the session's priced volume of the dimension, kWh or hours
 * @param billed the volume after rounding
 */
public record StepApplied(LineDimension dimension, PricedBy by, Exact volume, Exact billed) {

  /** What is billed on top. */
  public Exact surplus() {
    return billed.minus(volume);
  }
}
