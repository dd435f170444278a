package org.ampay.tariff;

/** OCPI ReservationRestrictionType: an element only for reservations. */
public enum ReservationKind {
  RESERVATION,
  RESERVATION_EXPIRES
}
