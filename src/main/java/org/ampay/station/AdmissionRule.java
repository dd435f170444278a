package org.ampay.station;

/** Decides on a BootNotification, from memory. */
@FunctionalInterface
public interface AdmissionRule {

  /** Takes every station. */
  AdmissionRule EVERYBODY = (station, report, before) -> Registration.ACCEPTED;

  /**
   * The decision.
   *
   * @param before the last one
   */
  Registration decide(StationInfo station, BootReport report, Registration before);
}
