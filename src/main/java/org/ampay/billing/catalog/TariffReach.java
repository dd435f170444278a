package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.station.StationInfo;
import org.ampay.tariff.TariffQuery;

/** Finds the stations where a tariff applies now, to drivers without a contract. */
public final class TariffReach {

  private final TariffCatalog catalog;
  private final Inventory inventory;
  private final TimeSource time;

  public TariffReach(TariffCatalog catalog, Inventory inventory, TimeSource time) {
    this.catalog = catalog;
    this.inventory = inventory;
    this.time = time;
  }

  /**
   * Where a tariff applies.
   *
   * @param count of all the stations
   * @param stations a page of them, by identity
   */
  public record Reach(int count, List<StationInfo> stations) {

    public Reach {
      stations = List.copyOf(stations);
    }
  }

  /**
   * The stations of a tariff.
   *
   * @param afterIdentity the last of the page before; empty: from the first
   */
  public Reach of(StoredTariff tariff, String afterIdentity, int limit) {
    Instant now = time.now();
    List<StationInfo> reached = new ArrayList<>();
    for (long operator : operators(tariff)) {
      for (StationInfo station : inventory.stations(operator)) {
        if (applies(tariff, station, now)) {
          reached.add(station);
        }
      }
    }
    List<StationInfo> page =
        reached.stream()
            .filter(s -> s.identity().compareTo(afterIdentity) > 0)
            .sorted(Comparator.comparing(StationInfo::identity))
            .limit(limit)
            .toList();
    return new Reach(reached.size(), page);
  }

  private List<Long> operators(StoredTariff tariff) {
    return tariff.operatorId() == 0
        ? inventory.operators().stream().map(Operator::id).toList()
        : List.of(tariff.operatorId());
  }

  private boolean applies(StoredTariff tariff, StationInfo station, Instant now) {
    TariffQuery query =
        new TariffQuery(
                station.operatorId(),
                station.siteId(),
                station.id(),
                Optional.empty(),
                now,
                now,
                station.zone())
            .with(Optional.empty(), station.currency());
    return catalog.version(query).filter(v -> v.tariffId() == tariff.id()).isPresent();
  }
}
