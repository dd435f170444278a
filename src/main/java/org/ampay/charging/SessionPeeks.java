package org.ampay.charging;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.ampay.base.Energy;
import org.ampay.station.EvseRef;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.store.Tx;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as the store has them, running or over, with what their price depends on so far: the
 * same facts as a bill would have that was made at that moment. For jobs; the station's owner is
 * not asked.
 */
public final class SessionPeeks {

  private final SessionStore store;
  private final TariffSnapshots snapshots;
  private final StationDirectory stations;
  private final int priceBound;

  public SessionPeeks(
      SessionStore store,
      TariffSnapshots snapshots,
      StationDirectory stations,
      SessionSettings settings) {
    this.store = store;
    this.snapshots = snapshots;
    this.stations = stations;
    this.priceBound = settings.priceBound();
  }

  /**
   * A session.
   *
   * @param endedAt null: it is not over
   * @param delivered as far as it was measured
   * @param tariff null: nobody pays
   * @param facts null: it is not priced
   */
  public record Peek(
      long id,
      long operatorId,
      long stationId,
      EvseRef evse,
      Instant startedAt,
      @Nullable Instant endedAt,
      SessionState state,
      Energy delivered,
      @Nullable TariffSnapshot tariff,
      @Nullable SessionFacts facts) {}

  /** Sessions by their ids, without those that do not exist, at {@code now}. */
  public Map<Long, Peek> of(Tx tx, Collection<Long> ids, Instant now) {
    Map<Long, Peek> peeks = new HashMap<>();
    store.whole(tx, ids).forEach((id, stored) -> peeks.put(id, peek(stored, now)));
    return peeks;
  }

  private Peek peek(StoredSession stored, Instant now) {
    SessionRow row = stored.row();
    Long snapshotId = row.snapshotId();
    TariffSnapshot tariff = snapshotId == null ? null : snapshots.byId(snapshotId);
    Session.End end = row.end();
    Energy energy = end == null ? null : end.energy();
    SessionFacts facts = null;
    if (end != null) {
      facts = end.priceFacts() == null ? null : SessionFacts.parse(end.priceFacts());
    } else {
      Session session =
          stored.restored(
              tariff == null || snapshotId == null ? null : new Session.Frozen(snapshotId, tariff),
              maxPowerW(row),
              priceBound);
      energy = session.meter().delivered();
      facts = tariff == null ? null : session.facts().finish(now);
    }
    return new Peek(
        row.identity().id(),
        row.identity().operatorId(),
        row.identity().stationId(),
        row.evse(),
        row.begin().at(),
        row.stoppedAt(),
        row.state(),
        energy == null ? Energy.ZERO : energy,
        tariff,
        facts);
  }

  private int maxPowerW(SessionRow row) {
    return stations
        .byId(row.identity().stationId())
        .flatMap(station -> station.evse(row.evse().evseNo()))
        .map(StationInfo.EvseInfo::maxPowerW)
        .orElse(0);
  }
}
