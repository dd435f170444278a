package org.ampay.ocpi.terminal;

import java.util.Optional;
import org.ampay.store.Tx;

/** Which session a partner has authorized with a reference of its own. */
@FunctionalInterface
public interface SessionReferences {

  /** The newest one; empty: there is none. */
  Optional<Long> session(Tx tx, long partnerId, String authorizationReference);
}
