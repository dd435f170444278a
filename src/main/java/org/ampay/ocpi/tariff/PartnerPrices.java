package org.ampay.ocpi.tariff;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.location.PlaceTariffs;
import org.ampay.tariff.TariffQuery;

/**
 * Which tariff a partner's drivers get at a place: asked of the same book that sessions ask, so
 * that what is shown is what is charged. A partner pays as the driver who has its id.
 */
public final class PartnerPrices implements PlaceTariffs {

  private final TariffCatalog catalog;
  private final Partners partners;
  private final TimeSource time;

  public PartnerPrices(TariffCatalog catalog, Partners partners, TimeSource time) {
    this.catalog = catalog;
    this.partners = partners;
    this.time = time;
  }

  @Override
  public Map<Long, String> ids(Spot spot) {
    Map<Long, String> ids = new HashMap<>();
    String usual = id(spot, Optional.empty()).orElse("");
    if (!usual.isEmpty()) {
      ids.put(0L, usual);
    }
    for (Partner partner : partners.of(spot.operatorId())) {
      id(spot, Optional.of(partner.id()))
          .filter(own -> !own.equals(usual))
          .ifPresent(own -> ids.put(partner.id(), own));
    }
    return ids;
  }

  private Optional<String> id(Spot spot, Optional<Long> payer) {
    Instant now = time.now();
    TariffQuery query =
        new TariffQuery(
            spot.operatorId(),
            spot.siteId(),
            spot.stationId(),
            payer,
            Optional.empty(),
            now,
            now,
            spot.zone(),
            Optional.of(spot.currency()));
    return catalog.version(query).map(PartnerPrices::id);
  }

  private static String id(TariffVersion version) {
    return OcpiTariffs.id(version.tariffId(), version.version());
  }
}
