package org.ampay.power;

import org.ampay.station.Protocol;

/**
 * How the fields of a request are called in a version.
 *
 * @param profile path of the profile
 * @param evse path of the EVSE or connector
 * @param oneSchedule a profile has one schedule, not a list
 */
record FieldNames(String profile, String evse, boolean oneSchedule) {

  /** Of SetChargingProfile. */
  static FieldNames ofSet(Protocol protocol) {
    return switch (protocol) {
      case OCPP_16 -> new FieldNames("csChargingProfiles", "connectorId", true);
      case OCPP_201 -> new FieldNames("chargingProfile", "evseId", false);
    };
  }

  /** Of RemoteStartTransaction and RequestStartTransaction. */
  static FieldNames ofStart(Protocol protocol) {
    return switch (protocol) {
      case OCPP_16 -> new FieldNames("chargingProfile", "connectorId", true);
      case OCPP_201 -> new FieldNames("chargingProfile", "evseId", false);
    };
  }

  Complaint evse(String text) {
    return new Complaint(evse, text);
  }

  Complaint of(String field, String text) {
    return new Complaint(profile + "." + field, text);
  }

  Complaint schedule(int index, String field, String text) {
    return of("chargingSchedule" + (oneSchedule ? "." : "[" + index + "].") + field, text);
  }

  Complaint period(int schedule, int period, String field, String text) {
    return schedule(schedule, "chargingSchedulePeriod[" + period + "]." + field, text);
  }
}
