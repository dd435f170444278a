package org.ampay.app.simulator;

/** What firmware in the field gets wrong; a station plays any number of them. */
public enum Oddity {
  /** Timestamps with nine digits behind the second. */
  NANOSECOND_TIMES,
  /** Timestamps without a zone. */
  NO_ZONE,
  /** A clock that is ten minutes fast. */
  FAST_CLOCK,
  /** The energy register in kWh with three digits. */
  KWH_REGISTER,
  /** The register falls back to zero in the middle of a session. */
  ROLLBACK,
  /** The end of a session is reported twice. */
  DUPLICATE_STOP,
  /** A field name that the schema does not know at the end of a session. */
  WRONG_FIELD_NAMES
}
