package org.ampay.sim;

import org.ampay.access.Authorization;
import org.ampay.charging.SessionReply;

/** What of a reply reaches the station. */
final class Heard {

  private Heard() {}

  static SessionReply of(SessionReply reply) {
    return switch (reply) {
      case SessionReply.Started started ->
          new SessionReply.Started(started.transactionId(), of(started.authorization()));
      case SessionReply.Stopped stopped ->
          new SessionReply.Stopped(stopped.authorization().map(Heard::of));
      case SessionReply.EventAnswered answered ->
          new SessionReply.EventAnswered(
              answered.authorization().map(Heard::of), answered.totalCost(), answered.price());
      case SessionReply.Stored stored -> stored;
      case SessionReply.Ruled ruled -> ruled;
      case SessionReply.Quarantined quarantined -> quarantined;
      case SessionReply.Unavailable unavailable -> unavailable;
    };
  }

  private static Authorization of(Authorization verdict) {
    return new Authorization(
        verdict.status(), verdict.groupToken(), verdict.expiresAt(), null, null, null, 0);
  }
}
