package org.ampay.app;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.cluster.LiveBus;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.location.EvsePushSource;
import org.ampay.ocpi.location.InventoryReadStore;
import org.ampay.ocpi.location.LocationForms;
import org.ampay.ocpi.location.LocationPushSource;
import org.ampay.ocpi.location.LocationPushes;
import org.ampay.ocpi.location.LocationsModule;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.location.PlaceStore;
import org.ampay.ocpi.location.PlaceWatch;
import org.ampay.ocpi.push.PushSource;
import org.ampay.ocpi.push.Pushes;
import org.ampay.ocpi.tariff.OcpiTariffs;
import org.ampay.ocpi.tariff.PartnerPrices;
import org.ampay.ocpi.tariff.ShownTariffStore;
import org.ampay.ocpi.tariff.TariffForms;
import org.ampay.ocpi.tariff.TariffPushSource;
import org.ampay.ocpi.tariff.TariffShelf;
import org.ampay.ocpi.tariff.TariffsModule;
import org.ampay.ocpi.v221.Locations221;
import org.ampay.ocpi.v221.Tariffs221;
import org.ampay.ocpi.v230.Locations230;
import org.ampay.ocpi.v230.Tariffs230;

/** Our places and prices, as partners see them. */
final class PlaceRooms {

  final PlaceBook places;
  final OcpiTariffs tariffs;
  final TariffShelf shelf;
  private final LocationForms forms = new LocationForms(Locations221.form(), Locations230.form());
  private final PlaceWatch watch;
  private final AtomicBoolean pricesMayDiffer = new AtomicBoolean();

  PlaceRooms(Foundation on, TariffCatalog catalog, LiveBus live, Partners partners) {
    places =
        new PlaceBook(
            new InventoryReadStore(on.database()),
            new PlaceStore(on.database()),
            new PartnerPrices(catalog, partners, on.time()),
            on.time());
    tariffs = new OcpiTariffs(catalog, new TariffForms(new Tariffs221(), new Tariffs230()));
    shelf =
        new TariffShelf(
            places, catalog.versions(), tariffs, new ShownTariffStore(on.database()), on.time());
    watch = new PlaceWatch(places, () -> pricesMayDiffer.set(true), live, on.time());
  }

  List<OcpiModule> modules() {
    return List.of(new LocationsModule(places, forms), new TariffsModule(shelf));
  }

  List<PushSource> pushSources() {
    return List.of(
        new LocationPushSource(places, forms),
        new EvsePushSource(places, forms),
        new TariffPushSource(shelf));
  }

  /** Partners are told of changes from now on; before {@link #start}. */
  void tell(Partners partners, Pushes pushes) {
    LocationPushes.connect(places, partners, pushes);
    TariffPushSource.connect(shelf, partners, pushes);
  }

  void start(Threads threads) {
    threads.repeat("look at places", PlaceWatch.PAUSE, watch::tick);
    threads.repeat("look at tariffs", PlaceWatch.PAUSE, this::lookAtTariffs);
  }

  /** Beside the places: no status waits for it. */
  private void lookAtTariffs() {
    if (pricesMayDiffer.compareAndSet(true, false)) {
      try {
        shelf.refresh();
      } catch (RuntimeException e) {
        pricesMayDiffer.set(true);
        throw e;
      }
    }
  }
}
