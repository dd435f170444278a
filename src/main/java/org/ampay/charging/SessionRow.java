package org.ampay.charging;

import java.time.Instant;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is stored, less what belongs to the settlement.
 *
 * @param identity what never changes
 * @param snapshotId the frozen tariff's row
 */
record SessionRow(
    Session.Identity identity,
    EvseRef evse,
    Session.Begin begin,
    @Nullable IdToken token,
    @Nullable Long tokenId,
    @Nullable Long driverId,
    @Nullable Long holdId,
    @Nullable Long snapshotId,
    @Nullable String currency,
    SessionState state,
    Session.@Nullable End end,
    Remarks remarks,
    @Nullable Instant pricedFrom) {

  static SessionRow of(Session session) {
    Session.Payer payer = session.payer();
    Session.Frozen frozen = payer.snapshot();
    return new SessionRow(
        session.identity(),
        session.evse(),
        session.begin(),
        payer.token(),
        payer.tokenId(),
        payer.driverId(),
        payer.holdId(),
        frozen == null ? null : frozen.id(),
        frozen == null ? null : frozen.tariff().currency(),
        session.state(),
        session.end(),
        session.remarks(),
        payer.from());
  }

  /** The session without what its readings added up to. */
  Session session(Session.@Nullable Frozen frozen, int priceBound) {
    return session(frozen, priceBound, end == null);
  }

  /** The same, about to be gone through again although it is over. */
  Session whole(Session.@Nullable Frozen frozen, int priceBound) {
    return session(frozen, priceBound, true);
  }

  private Session session(Session.@Nullable Frozen frozen, int priceBound, boolean gathering) {
    Energy register = begin.register();
    boolean atStart = gathering && identity.protocol() == Protocol.OCPP_16;
    return new Session(
        identity,
        evse,
        begin,
        new Session.Payer(token, tokenId, driverId, holdId, frozen, pricedFrom),
        state,
        end,
        remarks,
        false,
        atStart && register != null ? MeterTrack.begin(begin.at(), register) : MeterTrack.NONE,
        PriceFacts.begin(pricedFrom == null ? begin.at() : pricedFrom, priceBound),
        Sequence.NONE);
  }

  @Nullable Instant stoppedAt() {
    return end == null ? null : end.at();
  }

  @Nullable Money total() {
    return end == null ? null : end.total();
  }

  /**
   * A finished session for billing.
   *
   * @throws IllegalStateException when it lacks what a finished session has
   */
  BillableSession billable(String stationIdentity) {
    Money total = total();
    if (end == null
        || total == null
        || end.energy() == null
        || end.priceFacts() == null
        || snapshotId == null) {
      throw new IllegalStateException("session " + identity.id() + " is finished without a price");
    }
    Energy energy = end.energy();
    return new BillableSession(
        identity.id(),
        identity.operatorId(),
        identity.siteId(),
        identity.stationId(),
        stationIdentity,
        evse,
        identity.transactionId(),
        driverId,
        token,
        holdId,
        begin.at(),
        end.at(),
        begin.register(),
        end.register(),
        energy,
        snapshotId,
        end.priceFacts(),
        total);
  }
}
