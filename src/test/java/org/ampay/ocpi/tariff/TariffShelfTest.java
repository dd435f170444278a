package org.ampay.ocpi.tariff;

import static org.ampay.store.tables.Tables.STATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.base.TestTime;
import org.ampay.billing.catalog.Author;
import org.ampay.billing.catalog.NewAssignment;
import org.ampay.billing.catalog.NewVersion;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffLevel;
import org.ampay.billing.catalog.TariffStore;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Sense;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.location.InventoryReadStore;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.location.PlaceStore;
import org.ampay.ocpi.v221.Tariffs221;
import org.ampay.ocpi.v230.Tariffs230;
import org.ampay.station.Inventory;
import org.ampay.station.NewStation;
import org.ampay.station.Site;
import org.ampay.station.StationPasswords;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which tariffs a partner sees, as the catalog has them on the real database. */
class TariffShelfTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private final TestTime time = TestTime.monday();
  private final AtomicLong ids = new AtomicLong(100);
  private final List<String> changes = new ArrayList<>();
  private TariffCatalog catalog;
  private Site site;
  private PlaceBook places;
  private TariffShelf shelf;

  @BeforeEach
  void begin() {
    DB.clear();
    Inventory inventory =
        new Inventory(
            DB.database(), ids::incrementAndGet, time, new StationPasswords(new byte[32]));
    site =
        inventory.createSite(
            new Site(
                0,
                1,
                "S1",
                "Site",
                new Site.Address(
                    "Street 1",
                    "Town",
                    "1000",
                    "CHN",
                    new BigDecimal("31.2"),
                    new BigDecimal("121.5")),
                ZoneId.of("Asia/Shanghai"),
                true));
    NewStation.NewEvse evse =
        new NewStation.NewEvse(
            1, true, 3, 60_000, List.of(new NewStation.NewConnector(1, "GBT_DC")));
    inventory.createStation(
        new NewStation(1, site.id(), "CP1", "CP1", 0, List.of(evse)), Optional.empty());
    DB.dsl().update(STATION).set(STATION.CONNECTED_AT, time.now()).execute();
    catalog = new TariffCatalog(DB.transactor(), new TariffStore(), ids::incrementAndGet, time);
    catalog.refresh();
    open();
  }

  private void open() {
    places =
        new PlaceBook(
            new InventoryReadStore(DB.database()),
            new PlaceStore(DB.database()),
            new PartnerPrices(catalog, partners(), time),
            time);
    shelf =
        new TariffShelf(
            places,
            catalog.versions(),
            new OcpiTariffs(catalog, new TariffForms(new Tariffs221(), new Tariffs230())),
            new ShownTariffStore(DB.database()),
            time);
    shelf.onChange(news -> news.forEach(change -> changes.add(change.key().id())));
  }

  private static Partner partner(OcpiVersion version) {
    return new Partner(
        5,
        1,
        new PartyRef("CN", "AMP"),
        "EMSP",
        new PartyRef("DE", "EMP"),
        "EMP",
        Optional.empty(),
        Partner.State.REGISTERED,
        version,
        List.of(),
        List.of(),
        Partner.TokenForm.BASE64);
  }

  private static Partners partners() {
    return new Partners() {
      @Override
      public Optional<Partner> byId(long partnerId) {
        return Optional.of(partner(OcpiVersion.V2_2_1));
      }

      @Override
      public List<Partner> of(long operatorId) {
        return List.of(partner(OcpiVersion.V2_2_1));
      }

      @Override
      public List<Partner> registered() {
        return of(1);
      }
    };
  }

  private static Tariff tariff(String price) {
    return TariffJson.read(
        TariffJson.readTree(
            """
            {"currency":"CNY","elements":[{"price_components":[
              {"type":"ENERGY","price":%s,"vat":13,"step_size":1}]}]}\
            """
                .formatted(price)));
  }

  private long assigned(String price, Duration from) {
    long id = catalog.create(1, "T" + price, tariff(price), "anna").id();
    catalog.assign(
        1, id, new NewAssignment(TariffLevel.SITE, site.id(), 0, time.now().plus(from)), "anna");
    return id;
  }

  private void refresh() {
    places.refresh();
    shelf.refresh();
  }

  private List<String> ids() {
    return shelf.of(partner(OcpiVersion.V2_2_1)).stream().map(t -> t.key().id()).toList();
  }

  private JsonNode object(OcpiVersion version, int index) {
    Partner partner = partner(version);
    return shelf.object(shelf.of(partner).get(index), partner, version).orElseThrow();
  }

  @Test
  void theTariffThatHolds_isShown_asBothVersionsWantIt() {
    long id = assigned("1.5", Duration.ofHours(-1));
    refresh();
    assertThat(ids()).containsExactly(id + "-1");
    for (OcpiVersion version : OcpiVersion.values()) {
      JsonNode tariff = object(version, 0);
      assertThat(Facts.of(version).check("Tariff", tariff, Strictness.SENT)).isEmpty();
      assertThat(Sense.check(version, "Tariff", tariff)).isEmpty();
      assertThat(tariff.path("id").asText()).isEqualTo(id + "-1");
      assertThat(Instant.parse(tariff.path("last_updated").asText())).isEqualTo(time.now());
    }
    assertThat(places.shown().getFirst().evses().getFirst().tariffOf(5)).isEqualTo(id + "-1");
    assertThat(changes).containsExactly(id + "-1");
  }

  @Test
  void whatDoesNotChange_keepsItsTime_alsoAfterARestart() {
    assigned("1.5", Duration.ofHours(-1));
    refresh();
    JsonNode before = object(OcpiVersion.V2_2_1, 0);
    time.advance(Duration.ofDays(1));
    open();
    refresh();
    assertThat(object(OcpiVersion.V2_2_1, 0)).isEqualTo(before);
    assertThat(changes).hasSize(1);
  }

  @Test
  void aNewVersion_takesThePlace_andTheOldOneIsDeleted() {
    long id = assigned("1.5", Duration.ofHours(-1));
    refresh();
    changes.clear();
    time.advance(Duration.ofSeconds(1));
    catalog.addVersion(1L, id, null, tariff("1.7"), "anna");
    time.advance(Duration.ofSeconds(1));
    refresh();
    assertThat(ids()).containsExactly(id + "-2");
    assertThat(changes).containsExactlyInAnyOrder(id + "-1", id + "-2");
    TariffPushSource source = new TariffPushSource(shelf);
    PartnerRequest gone = source.request(partner(OcpiVersion.V2_2_1), id + "-1").orElseThrow();
    assertThat(gone.method() + " " + gone.path()).isEqualTo("DELETE [CN, AMP, " + id + "-1]");
    PartnerRequest put = source.request(partner(OcpiVersion.V2_3_0), id + "-2").orElseThrow();
    assertThat(put.method()).isEqualTo("PUT");
    assertThat(put.body()).isEqualTo(object(OcpiVersion.V2_3_0, 0));
  }

  @Test
  void aPlannedVersion_isAnnouncedWithItsBeginning() {
    long id = assigned("1.5", Duration.ofHours(-1));
    Instant from = time.now().plus(Duration.ofDays(2));
    catalog
        .versions()
        .add(
            1L, id, new NewVersion(null, tariff("1.7"), from), Author.of("anna"), (tx, made) -> {});
    refresh();
    assertThat(ids()).containsExactly(id + "-1", id + "-2");
    assertThat(object(OcpiVersion.V2_2_1, 0).path("end_date_time").asText())
        .isEqualTo(from.toString());
    assertThat(object(OcpiVersion.V2_2_1, 1).path("start_date_time").asText())
        .isEqualTo(from.toString());
    assertThat(places.shown().getFirst().evses().getFirst().tariffOf(5)).isEqualTo(id + "-1");
  }

  @Test
  void aTariffThatHoldsNowhere_isNotShown() {
    catalog.create(1, "T", tariff("9"), "anna");
    refresh();
    assertThat(ids()).isEmpty();
    assertThat(changes).isEmpty();
  }
}
