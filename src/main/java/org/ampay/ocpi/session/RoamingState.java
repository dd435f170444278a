package org.ampay.ocpi.session;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.RoamingSession;
import org.ampay.ocpi.cdr.CdrPeriod;
import org.ampay.ocpi.cdr.Cost;
import org.ampay.ocpi.cdr.RoamingPlace;
import org.jspecify.annotations.Nullable;

/**
 * A session as it stands, in no version's shape.
 *
 * @param end null: it runs
 * @param kwh 4 digits
 * @param total what it costs so far, or came to; null: not known
 */
public record RoamingState(
    PartyRef ours,
    RoamingSession session,
    Instant start,
    @Nullable Instant end,
    BigDecimal kwh,
    RoamingPlace place,
    String currency,
    List<CdrPeriod> periods,
    @Nullable Cost total,
    Status status,
    Instant lastUpdated) {

  /** SessionStatus. */
  public enum Status {
    /** Runs; or it is over and what it costs is not settled yet: then it has an end. */
    ACTIVE,
    /** Over, with its bill. */
    COMPLETED,
    /** Nobody will be billed. */
    INVALID
  }

  public RoamingState {
    periods = List.copyOf(periods);
  }

  /** The same with another time. */
  public RoamingState at(Instant updated) {
    return new RoamingState(
        ours, session, start, end, kwh, place, currency, periods, total, status, updated);
  }
}
