package org.ampay.ocpi;

import java.util.List;
import java.util.Optional;

/** The partners as they are now, from memory. */
public interface Partners {

  /** One of them; empty: unknown. */
  Optional<Partner> byId(long partnerId);

  /** Those of an operator, in whatever state. */
  List<Partner> of(long operatorId);

  /** All with whom the handshake is done. */
  List<Partner> registered();
}
