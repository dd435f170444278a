package org.ampay.ocpi.cdr;

import java.time.Instant;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.RoamingSession;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A CDR, in no version's shape.
 *
 * @param id ours: of the frozen CDR
 * @param ours as whom the partner knows us
 * @param tariff what was frozen at the start
 * @param meterId the meter's serial number, where it is known
 * @param remark for people
 */
public record RoamingCdr(
    String id,
    PartyRef ours,
    RoamingSession session,
    Instant start,
    Instant end,
    RoamingPlace place,
    TariffSnapshot tariff,
    Periods periods,
    CdrCosts costs,
    @Nullable SignedData signed,
    @Nullable String meterId,
    @Nullable String remark,
    Instant lastUpdated) {

  /** The same with other charging periods. */
  public RoamingCdr withPeriods(Periods others) {
    return new RoamingCdr(
        id,
        ours,
        session,
        start,
        end,
        place,
        tariff,
        others,
        costs,
        signed,
        meterId,
        remark,
        lastUpdated);
  }
}
