package org.ampay.access;

/** The outcomes of OCPP 2.0.1; 1.6 maps them to its five at its edge. */
public enum AuthorizationStatus {
  ACCEPTED,
  BLOCKED,
  CONCURRENT_TX,
  EXPIRED,
  INVALID,
  NO_CREDIT,
  NOT_ALLOWED_TYPE_EVSE,
  NOT_AT_THIS_LOCATION,
  NOT_AT_THIS_TIME,
  UNKNOWN
}
