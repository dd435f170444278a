package org.ampay.billing.promotion;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ampay.store.Tx;

/** Gives back what starts reserved and no session used. */
final class HoldRelease {

  private final Tx tx;
  private final ClaimStore claims;
  private final PointsStore points;
  private final BenefitStore store;

  HoldRelease(Tx tx, ClaimStore claims, PointsStore points, BenefitStore store) {
    this.tx = tx;
    this.claims = claims;
    this.points = points;
    this.store = store;
  }

  void release(Collection<Long> holdIds) {
    for (CouponClaim claim : claims.lockReserved(tx, holdIds)) {
      claims.update(tx, claim.with(CouponClaim.State.CLAIMED, null, null));
    }
    releasePoints(holdIds);
    for (BenefitStore.CampaignHold hold : store.lockReserved(tx, holdIds)) {
      store.settle(tx, hold, 0, null);
    }
  }

  private void releasePoints(Collection<Long> holdIds) {
    Map<Long, Long> byLot = new TreeMap<>();
    points
        .holds(tx, holdIds)
        .values()
        .forEach(of -> of.forEach(h -> byLot.merge(h.lotId(), h.points(), Long::sum)));
    if (byLot.isEmpty()) {
      return;
    }
    Map<Long, PointsLot> lots =
        points.lockByIds(tx, byLot.keySet()).stream()
            .collect(Collectors.toMap(PointsLot::id, lot -> lot));
    byLot.forEach(
        (id, held) -> {
          PointsLot lot = lots.get(id);
          if (lot == null) {
            throw new IllegalStateException("points of hold " + List.copyOf(holdIds) + " vanished");
          }
          points.update(tx, lot.reserving(-held));
        });
    points.deleteHolds(tx, holdIds);
  }
}
