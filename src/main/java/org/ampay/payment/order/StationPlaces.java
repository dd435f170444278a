package org.ampay.payment.order;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.ampay.access.reservation.EvseUse;
import org.ampay.base.TimeSource;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.tariff.TariffBook;
import org.ampay.tariff.TariffQuery;

/** The operators' charge points, as places where one can pay and charge. */
public final class StationPlaces implements ChargePlaces {

  private final EvseStore evses;
  private final StationDirectory stations;
  private final TariffBook tariffs;
  private final EvseUse use;
  private final LongPredicate connected;
  private final TimeSource time;

  /**
   * Places.
   *
   * @param connected whether a station can be asked to start, by its id
   */
  public StationPlaces(
      Database database,
      StationDirectory stations,
      TariffBook tariffs,
      EvseUse use,
      LongPredicate connected,
      TimeSource time) {
    this.evses = new EvseStore(database);
    this.stations = stations;
    this.tariffs = tariffs;
    this.use = use;
    this.connected = connected;
    this.time = time;
  }

  @Override
  public Optional<Spot> find(String payCode) {
    return evses
        .find(payCode)
        .flatMap(
            place ->
                stations.byId(place.stationId()).map(found -> new Spot(found, place.evseNo())));
  }

  @Override
  public Optional<StationInfo> station(long stationId) {
    return stations.byId(stationId);
  }

  @Override
  public Readiness readiness(Spot spot) {
    StationInfo station = spot.station();
    if (!connected.test(station.id())) {
      return Readiness.OFFLINE;
    }
    if (tariffs.resolve(query(station)).isEmpty()) {
      return Readiness.NO_TARIFF;
    }
    return use.inUse(station.id(), spot.evseNo()) ? Readiness.BUSY : Readiness.READY;
  }

  private TariffQuery query(StationInfo station) {
    Instant now = time.now();
    return new TariffQuery(
            station.operatorId(),
            station.siteId(),
            station.id(),
            Optional.empty(),
            now,
            now,
            station.zone())
        .with(Optional.empty(), station.currency());
  }

  @Override
  public boolean plugged(long stationId, int evseNo) {
    return evses.plugged(new OrderRow.Place(stationId, evseNo));
  }
}
