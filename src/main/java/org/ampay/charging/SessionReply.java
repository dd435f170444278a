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
   * @param totalCost the bill's total, at the end of a session (0 when free)
   */
  record EventAnswered(Optional<Authorization> authorization, Optional<Money> totalCost)
      implements SessionReply {}

  /** The decision could not be committed: the frame lies in quarantine, the station is answered. */
  record Quarantined(int transactionId) implements SessionReply {}

  /**
   * Nothing was stored (the database is away, the mailbox full): do not answer, close the
   * connection; the station keeps the fact and sends it again.
   */
  record Unavailable(String reason) implements SessionReply {}
}
