package org.ampay.ocpi;

import java.util.Optional;

/** Which sessions are of partners' drivers. */
public interface RoamingSessions {

  /** Whose session it is; empty: not a partner's. Blocks. */
  Optional<RoamingSession> of(long sessionId);
}
