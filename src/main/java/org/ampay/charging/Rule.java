package org.ampay.charging;

import java.util.Locale;
import org.ampay.base.Energy;
import org.jspecify.annotations.Nullable;

/** What the server or a person says of a session, as a decision of its station's owner. */
public sealed interface Rule {

  /**
   * A running session's stop is taken as lost; it ends at its last reading, for review.
   *
   * @param why for people, for example {@code the connector has been free for 15 minutes}
   */
  record Close(String why) implements Rule {}

  /**
   * A session in review is judged again by all that is known of it now: events that filled a hole,
   * a stop that came late.
   *
   * @param complete nothing more will come, the station says: holes are no doubt any more
   * @param note for people, empty when there is nothing to say
   */
  record Rejudge(boolean complete, String note) implements Rule {}

  /** Asks what the session costs so far, exactly as a bill would say it. Changes nothing. */
  record Cost() implements Rule {}

  /**
   * A person ends the review.
   *
   * @param meterStart corrected; null: as measured
   * @param meterStop corrected; null: as measured
   * @param tariff where none was frozen into the session; for {@link Decision#WAIVED} one that
   *     costs nothing
   * @param actor who, as in the audit log
   */
  record Resolve(
      Decision decision,
      @Nullable Energy meterStart,
      @Nullable Energy meterStop,
      Session.@Nullable Frozen tariff,
      String actor,
      String note)
      implements Rule {}

  /** What a person may decide. */
  enum Decision {
    /** Billed by what the station reported. */
    MEASURED,
    /** Billed by registers that the person entered. */
    CORRECTED,
    /** Billed as nothing. */
    WAIVED;

    private final String stored = name().toLowerCase(Locale.ROOT);

    /** As stored: {@code measured}. */
    public String stored() {
      return stored;
    }
  }
}
