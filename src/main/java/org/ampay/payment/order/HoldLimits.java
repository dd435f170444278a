package org.ampay.payment.order;

import java.util.Optional;
import org.ampay.base.Money;

/** Has sessions stopped before they cost more than is held. */
public interface HoldLimits {

  /** Sets a session's limit, also a greater one later, unless it was reached. Blocks. */
  void limit(long operatorId, long stationId, long sessionId, Money held);

  /** Is the session being stopped because it reached its limit? Blocks. */
  boolean reached(long sessionId);

  /** What a running session costs now; empty: not known. Blocks. */
  Optional<Money> cost(long stationId, long sessionId);
}
