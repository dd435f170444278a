package org.ampay.billing.catalog;

import java.util.Locale;

/** Why an assignment holds at a place and time, or why it does not. */
public enum Reason {
  /** It holds. */
  WINS("it holds"),
  /** It would win, but this program cannot read its prices: nobody can charge. */
  UNREADABLE("it wins, but its prices cannot be read: nobody can charge"),
  /** Another one has a higher priority. */
  LOWER_PRIORITY("another one has a higher priority"),
  /** Another one of the same priority names something more specific. */
  LESS_SPECIFIC("another one names something more specific"),
  /** Another one of the same priority and level is valid from a later time, or was made later. */
  EARLIER("another one is valid from a later time or was made later"),
  /** It, or every version of its tariff, waits for a second person. */
  NOT_APPROVED("it waits for a second person"),
  /** A second person rejected it, or every version of its tariff. */
  REJECTED("a second person rejected it"),
  /** It, or its tariff's first version, was made or approved after the start was received. */
  NOT_YET_RECEIVED("it was made or approved after the start was received"),
  /** The session begins before its {@code valid_from}, or before that of the tariff's versions. */
  NOT_YET_VALID("the session begins before its valid_from"),
  /** The session begins at or after its {@code valid_to}. */
  NO_LONGER_VALID("the session begins at or after its valid_to"),
  /** Somebody ended it. */
  ENDED("it was ended"),
  /** The tariff's own start_date_time and end_date_time do not cover the session's start. */
  TARIFF_NOT_VALID("the tariff's own start and end do not cover the session's start"),
  /** The place is paid in another currency. */
  OTHER_CURRENCY("the place is paid in another currency");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** For people who read English. */
  public String text() {
    return text;
  }

  /** As in the API: {@code lower_priority}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
