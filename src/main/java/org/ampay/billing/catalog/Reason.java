package org.ampay.billing.catalog;

import java.util.Locale;

/** Why an assignment holds at a place and time, or why it does not. */
public enum Reason {
  /** It holds. */
  WINS,
  /** It would win, but this program cannot read its prices: nobody can charge. */
  UNREADABLE,
  /** Another one has a higher priority. */
  LOWER_PRIORITY,
  /** Another one of the same priority names something more specific. */
  LESS_SPECIFIC,
  /** Another one of the same priority and level is valid from a later time, or was made later. */
  EARLIER,
  /** It, or every version of its tariff, waits for a second person. */
  NOT_APPROVED,
  /** A second person rejected it, or every version of its tariff. */
  REJECTED,
  /** It, or its tariff's first version, was made or approved after the start was received. */
  NOT_YET_RECEIVED,
  /** The session begins before its {@code valid_from}, or before that of the tariff's versions. */
  NOT_YET_VALID,
  /** The session begins at or after its {@code valid_to}. */
  NO_LONGER_VALID,
  /** Somebody ended it. */
  ENDED,
  /** The tariff's own start_date_time and end_date_time do not cover the session's start. */
  TARIFF_NOT_VALID,
  /** The place is paid in another currency. */
  OTHER_CURRENCY;

  /** As in the API: {@code lower_priority}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
