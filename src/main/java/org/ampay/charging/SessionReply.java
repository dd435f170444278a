package org.ampay.charging;

import java.util.Optional;
import org.ampay.access.Authorization;
import org.ampay.base.Money;

/** What a station is answered, after the commit. */
public sealed interface SessionReply {

  /** To a Start; the id is given even on refusal. */
  record Started(int transactionId, Authorization authorization) implements SessionReply {}

  /** To a Stop; with an authorization when it named a token. */
  record Stopped(Optional<Authorization> authorization) implements SessionReply {}

  /** To Readings. */
  record Stored() implements SessionReply {}

  /**
   * To an Event.
   *
   * @param authorization when it named a token
   * @param totalCost the bill's total, at the end of a session (0 when free); before it, for a
   *     station that shows it, what the bill would be now
   * @param price the session's tariff in words, for a station that shows it, when a token has just
   *     made it known
   */
  record EventAnswered(
      Optional<Authorization> authorization,
      Optional<Money> totalCost,
      Optional<PriceMessage> price)
      implements SessionReply {

    public EventAnswered(Optional<Authorization> authorization, Optional<Money> totalCost) {
      this(authorization, totalCost, Optional.empty());
    }
  }

  /**
   * To a Ruling.
   *
   * @param done whether it changed the session
   * @param text why it did not; empty when it did
   * @param cost what the session costs so far, or in the end; where it was asked for and is known
   */
  record Ruled(boolean done, String text, Optional<Money> cost) implements SessionReply {

    static Ruled refused(String why) {
      return new Ruled(false, why, Optional.empty());
    }
  }

  /** The decision could not be committed: the frame lies in quarantine, the station is answered. */
  record Quarantined(int transactionId) implements SessionReply {}

  /**
   * Nothing was stored (the database is away, the mailbox full): do not answer, close the
   * connection; the station keeps the fact and sends it again.
   */
  record Unavailable(String reason) implements SessionReply {}
}
