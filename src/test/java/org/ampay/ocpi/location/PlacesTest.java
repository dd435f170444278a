package org.ampay.ocpi.location;

import static org.ampay.store.tables.Tables.CONNECTOR;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.base.TestTime;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Sense;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.Pushes;
import org.ampay.ocpi.v221.Locations221;
import org.ampay.ocpi.v230.Locations230;
import org.ampay.station.EvseRef;
import org.ampay.station.Inventory;
import org.ampay.station.NewStation;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.station.StationPasswords;
import org.ampay.store.TestDatabase;
import org.ampay.store.Tx;
import org.ampay.tariff.TariffJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sites, stations and their states on the real database, as partners see them. */
class PlacesTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final PartyRef OURS = new PartyRef("CN", "AMP");
  private static final LocationForms FORMS =
      new LocationForms(Locations221.form(), Locations230.form());

  private final TestTime time = TestTime.monday();
  private final AtomicLong ids = new AtomicLong(100);
  private final Map<Long, String> tariffs = new ConcurrentHashMap<>();
  private final List<String> told = new ArrayList<>();
  private final LiveBus live = new LiveBus();
  private Inventory inventory;
  private PlaceBook book;
  private PlaceWatch watch;

  @BeforeEach
  void begin() {
    DB.clear();
    inventory =
        new Inventory(
            DB.database(), ids::incrementAndGet, time, new StationPasswords(new byte[32]));
    tariffs.put(0L, "7-1");
    book = newBook();
  }

  private PlaceBook newBook() {
    PlaceBook made =
        new PlaceBook(
            new InventoryReadStore(DB.database()),
            new PlaceStore(DB.database()),
            spot -> Map.copyOf(tariffs),
            time);
    LocationPushes.connect(made, partners(), pushes());
    watch = new PlaceWatch(made, () -> {}, live, time);
    return made;
  }

  private static Partner partner(long id, OcpiVersion version) {
    URI url = URI.create("https://emp.example/locations");
    return new Partner(
        id,
        1,
        OURS,
        "EMSP",
        new PartyRef("DE", "EMP"),
        "EMP",
        Optional.empty(),
        Partner.State.REGISTERED,
        version,
        List.of(new Partner.Endpoint("locations", InterfaceRole.RECEIVER, url)),
        List.of(),
        Partner.TokenForm.BASE64);
  }

  private static Partners partners() {
    List<Partner> all = List.of(partner(5, OcpiVersion.V2_2_1), partner(6, OcpiVersion.V2_3_0));
    return new Partners() {
      @Override
      public Optional<Partner> byId(long partnerId) {
        return all.stream().filter(p -> p.id() == partnerId).findFirst();
      }

      @Override
      public List<Partner> of(long operatorId) {
        return all;
      }

      @Override
      public List<Partner> registered() {
        return all;
      }
    };
  }

  private Pushes pushes() {
    return new Pushes() {
      @Override
      public void wanted(Tx tx, long partnerId, PushKind kind, String key) {
        throw new UnsupportedOperationException("places are told many at once");
      }

      @Override
      public void wanted(Collection<Long> whom, PushKind kind, Collection<String> keys) {
        assertThat(whom).containsExactly(5L, 6L);
        keys.forEach(key -> told.add(kind + " " + key));
      }
    };
  }

  private Site site(String code, BigDecimal latitude) {
    return inventory.createSite(
        new Site(
            0,
            1,
            code,
            "Site " + code,
            new Site.Address(
                "Street 1", "Berlin", "10115", "DEU", latitude, new BigDecimal("13.4")),
            ZoneId.of("Europe/Berlin"),
            true));
  }

  private Site site(String code) {
    return site(code, new BigDecimal("52.52"));
  }

  private StationInfo station(long siteId, String identity, NewStation.NewEvse... evses) {
    StationInfo made =
        inventory.createStation(
            new NewStation(1, siteId, identity, identity, 0, List.of(evses)), Optional.empty());
    DB.dsl()
        .update(STATION)
        .set(STATION.CONNECTED_AT, time.now())
        .set(STATION.REGISTRATION, "accepted")
        .set(STATION.PROTOCOL, "1.6")
        .where(STATION.ID.eq(made.id()))
        .execute();
    return made;
  }

  private static NewStation.NewEvse ac(int no) {
    return new NewStation.NewEvse(
        no, false, 3, 22_000, List.of(new NewStation.NewConnector(1, "IEC_62196_T2")));
  }

  private void status(StationInfo station, int evse, String word) {
    DB.dsl()
        .update(CONNECTOR)
        .set(CONNECTOR.STATUS, word)
        .where(CONNECTOR.STATION_ID.eq(station.id()).and(CONNECTOR.EVSE_NO.eq(evse)))
        .execute();
    live.publish(new LiveEvent.StationChanged(1, station.id()));
  }

  /** A call of a partner: a method, a path, a page. */
  private record Call(Partner partner, String method, List<String> path, PageQuery page)
      implements PartnerCall {
    @Override
    public OcpiVersion version() {
      OcpiVersion version = partner.version();
      return version == null ? OcpiVersion.V2_2_1 : version;
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.empty();
    }

    @Override
    public ObjectNode object() {
      throw new UnsupportedOperationException("a GET has no body");
    }

    @Override
    public Optional<JsonNode> body() {
      return Optional.empty();
    }

    @Override
    public PartyRef from() {
      return partner.party();
    }
  }

  private JsonNode get(OcpiVersion version, String... path) {
    Call call =
        new Call(
            partner(version == OcpiVersion.V2_2_1 ? 5 : 6, version),
            "GET",
            List.of(path),
            new PageQuery(null, null, 0, 100));
    return ((OcpiAnswer.Done) new LocationsModule(book, FORMS).handle(call)).data();
  }

  private OcpiAnswer.Page page(Instant from, Instant to, long offset, int limit) {
    Call call =
        new Call(
            partner(5, OcpiVersion.V2_2_1),
            "GET",
            List.of(),
            new PageQuery(from, to, offset, limit));
    return (OcpiAnswer.Page) new LocationsModule(book, FORMS).handle(call);
  }

  private static Instant updated(JsonNode node) {
    return Instant.parse(node.path("last_updated").asText());
  }

  @Test
  void aSite_isALocationOfBothVersions_withAllThatOcpiDemands() {
    Site site = site("BER-1");
    StationInfo station = station(site.id(), "CP1", ac(1));
    status(station, 1, "Available");
    book.refresh();
    for (OcpiVersion version : OcpiVersion.values()) {
      JsonNode location = get(version, "ber-1"); // CiString
      assertThat(Facts.of(version).check("Location", location, Strictness.SENT)).isEmpty();
      assertThat(Sense.check(version, "Location", location)).isEmpty();
      assertThat(location.path("id").asText()).isEqualTo("BER-1");
      assertThat(location.path("coordinates").path("latitude").asText()).isEqualTo("52.520000");
      assertThat(location.path("country").asText()).isEqualTo("DEU");
      assertThat(location.path("time_zone").asText()).isEqualTo("Europe/Berlin");
      JsonNode evse = location.path("evses").get(0);
      assertThat(evse.path("evse_id").asText()).isEqualTo("CN*AMP*ECP1*1");
      assertThat(evse.path("status").asText()).isEqualTo("AVAILABLE");
      JsonNode connector = evse.path("connectors").get(0);
      assertThat(connector.path("max_voltage").asInt()).isEqualTo(230);
      assertThat(connector.path("max_amperage").asInt()).isEqualTo(32);
      assertThat(connector.path("max_electric_power").asInt()).isEqualTo(22_000);
      assertThat(connector.path("power_type").asText()).isEqualTo("AC_3_PHASE");
      assertThat(connector.path("format").asText()).isEqualTo("SOCKET");
      assertThat(connector.path("tariff_ids").get(0).asText()).isEqualTo("7-1");
      String uid = evse.path("uid").asText();
      assertThat(get(version, "BER-1", uid)).isEqualTo(evse);
      assertThat(get(version, "BER-1", uid, "1")).isEqualTo(connector);
    }
    assertThat(told).containsExactly("LOCATION " + site.id());
  }

  @Test
  void whatIsNotThere_is404With2003_andOthersMethodsAre405() {
    Site site = site("BER-1");
    station(site.id(), "CP1", ac(1));
    book.refresh();
    String uid = book.all(1).getFirst().evses().getFirst().uid();
    for (List<String> path :
        List.of(List.of("X"), List.of("BER-1", "0"), List.of("BER-1", uid, "9"))) {
      assertThatExceptionOfType(OcpiProblem.class)
          .isThrownBy(() -> get(OcpiVersion.V2_2_1, path.toArray(String[]::new)))
          .satisfies(p -> assertThat(p.http() + " " + p.status().code()).isEqualTo("404 2003"));
    }
    Call put =
        new Call(
            partner(5, OcpiVersion.V2_2_1),
            "PUT",
            List.of("BER-1"),
            new PageQuery(null, null, 0, 1));
    assertThatExceptionOfType(OcpiProblem.class)
        .isThrownBy(() -> new LocationsModule(book, FORMS).handle(put))
        .satisfies(p -> assertThat(p.http()).isEqualTo(405));
  }

  @Test
  void aStatus_movesTheTimesOfItsParents_only_andSurvivesARestart() {
    Site site = site("BER-1");
    StationInfo station = station(site.id(), "CP1", ac(1), ac(2));
    status(station, 1, "Available");
    watch.tick();
    JsonNode before = get(OcpiVersion.V2_2_1, "BER-1");
    told.clear();
    time.advance(Duration.ofSeconds(7));
    status(station, 1, "Charging");
    watch.tick();
    JsonNode after = get(OcpiVersion.V2_2_1, "BER-1");
    JsonNode evse = after.path("evses").get(0);
    assertThat(evse.path("status").asText()).isEqualTo("CHARGING");
    assertThat(updated(after)).isEqualTo(time.now()).isAfter(updated(before));
    assertThat(updated(evse)).isEqualTo(time.now());
    assertThat(evse.path("connectors")).isEqualTo(before.path("evses").get(0).path("connectors"));
    assertThat(after.path("evses").get(1)).isEqualTo(before.path("evses").get(1));
    String key = "EVSE " + site.id() + "/" + evse.path("uid").asText();
    assertThat(told).containsExactly(key);
    time.advance(Duration.ofHours(1));
    book = newBook();
    assertThat(get(OcpiVersion.V2_2_1, "BER-1")).isEqualTo(after);
    book.refresh();
    assertThat(get(OcpiVersion.V2_2_1, "BER-1")).isEqualTo(after);
    assertThat(told).containsExactly(key);
  }

  @Test
  void timesNeverGoBack_evenWhenTheClockDoes() {
    Site site = site("BER-1");
    StationInfo station = station(site.id(), "CP1", ac(1));
    book.refresh();
    Instant first = book.all(1).getFirst().lastUpdated();
    time.set(time.now().minusSeconds(3_600));
    status(station, 1, "Faulted");
    book.refresh();
    assertThat(book.all(1).getFirst().lastUpdated()).isAfter(first);
    assertThat(book.all(1).getFirst().evses().getFirst().lastUpdated()).isAfter(first);
  }

  @Test
  void theStatusIsPatched_andTheLocationPut() {
    Site site = site("BER-1");
    station(site.id(), "CP1", ac(1));
    book.refresh();
    PlaceEvse evse = book.all(1).getFirst().evses().getFirst();
    for (OcpiVersion version : OcpiVersion.values()) {
      Partner partner = partner(5, version);
      PartnerRequest status =
          new EvsePushSource(book, FORMS)
              .request(partner, site.id() + "/" + evse.uid())
              .orElseThrow();
      assertThat(status.method() + " " + status.path())
          .isEqualTo("PATCH [CN, AMP, BER-1, " + evse.uid() + "]");
      assertThat(Facts.of(version).checkPatch("EVSE", status.body(), Strictness.SENT)).isEmpty();
      PartnerRequest whole =
          new LocationPushSource(book, FORMS)
              .request(partner, Long.toString(site.id()))
              .orElseThrow();
      assertThat(whole.method() + " " + whole.path()).isEqualTo("PUT [CN, AMP, BER-1]");
      assertThat(Facts.of(version).check("Location", whole.body(), Strictness.SENT)).isEmpty();
    }
  }

  @Test
  void aDeletedStation_isRemoved_andStays() {
    Site site = site("BER-1");
    StationInfo station = station(site.id(), "CP1", ac(1));
    book.refresh();
    told.clear();
    time.advance(Duration.ofSeconds(1));
    inventory.deleteStation(1, station.id());
    book.refresh();
    JsonNode evse = get(OcpiVersion.V2_3_0, "BER-1").path("evses").get(0);
    assertThat(evse.path("status").asText()).isEqualTo("REMOVED");
    assertThat(updated(evse)).isEqualTo(time.now());
    assertThat(told).containsExactly("EVSE " + site.id() + "/" + evse.path("uid").asText());
    assertThat(book.find(station.id(), new EvseRef(1, 1))).isPresent();
    book = newBook();
    book.refresh();
    assertThat(get(OcpiVersion.V2_3_0, "BER-1").path("evses").get(0)).isEqualTo(evse);
  }

  @Test
  void aStationThatMoved_isRemovedHere_andThere_underTheSameUid() {
    Site here = site("BER-1");
    Site there = site("BER-2");
    StationInfo station = station(here.id(), "CP1", ac(1));
    status(station, 1, "Available");
    book.refresh();
    inventory.updateStation(
        1,
        station.id(),
        new Inventory.StationPatch(Optional.empty(), Optional.of(there.id()), Optional.empty()));
    time.advance(Duration.ofSeconds(1));
    book.refresh();
    assertThat(get(OcpiVersion.V2_2_1, "BER-1").path("evses").get(0).path("status").asText())
        .isEqualTo("REMOVED");
    assertThat(get(OcpiVersion.V2_2_1, "BER-2").path("evses").get(0).path("status").asText())
        .isEqualTo("AVAILABLE");
    assertThat(book.find(station.id(), new EvseRef(1, 1)).orElseThrow().place().siteId())
        .isEqualTo(there.id());
  }

  @Test
  void aSiteWithoutCoordinates_isNotShown_andSaysWhy() {
    Site site = site("BER-1", null);
    station(site.id(), "CP1", ac(1));
    book.refresh();
    assertThat(page(null, null, 0, 100).total()).isZero();
    assertThat(book.all(1).getFirst().head().problems()).containsExactly("coordinates: missing");
    assertThat(told).isEmpty();
    DB.dsl().update(SITE).set(SITE.LATITUDE, new BigDecimal("52.5")).execute();
    book.refresh();
    assertThat(page(null, null, 0, 100).total()).isEqualTo(1);
    assertThat(book.all(1).getFirst().head().problems()).isEmpty();
  }

  @Test
  void aSiteThatIsNoLongerPublished_isRemoved_notForgotten() {
    Site site = site("BER-1");
    StationInfo station = station(site.id(), "CP1", ac(1));
    status(station, 1, "Available");
    book.refresh();
    DB.dsl()
        .update(SITE)
        .set(SITE.PUBLISHED, false)
        .set(SITE.LATITUDE, (BigDecimal) null)
        .execute();
    time.advance(Duration.ofSeconds(1));
    book.refresh();
    JsonNode location = get(OcpiVersion.V2_2_1, "BER-1");
    assertThat(location.path("publish").asBoolean()).isFalse();
    assertThat(location.path("evses").get(0).path("status").asText()).isEqualTo("REMOVED");
    assertThat(updated(location)).isEqualTo(time.now());
    assertThat(Facts.of(OcpiVersion.V2_2_1).check("Location", location, Strictness.SENT)).isEmpty();
  }

  @Test
  void codesThatDifferInCaseOnly_areNotTheSameId() {
    site("BER");
    Site second = site("ber");
    Site third = site("Platz der Republik");
    book.refresh();
    assertThat(book.all(1).stream().map(place -> place.head().id()))
        .containsExactly("BER", "S" + second.id(), "S" + third.id());
  }

  @Test
  void pagesKeepTheirOrder_andDatesHoldFromInclusiveToExclusive() {
    for (int i = 0; i < 5; i++) {
      site("S-" + i);
      book.refresh();
      time.advance(Duration.ofSeconds(10));
    }
    Instant second = book.all(1).get(1).lastUpdated();
    Instant fourth = book.all(1).get(3).lastUpdated();
    OcpiAnswer.Page page = page(second, fourth, 0, 100);
    assertThat(page.items().stream().map(item -> TariffJson.readTree(item).path("id").asText()))
        .containsExactly("S-1", "S-2");
    assertThat(page.total()).isEqualTo(2);
    assertThat(page(null, null, 3, 1).items()).hasSize(1).first().asString().contains("\"S-3\"");
    assertThat(page(null, null, 5, 10).items()).isEmpty();
    assertThat(page(null, null, 5, 10).total()).isEqualTo(5);
  }

  @Test
  void aPartnersOwnPrice_isItsOwn_andMovesTheTimeOfTheConnector() {
    Site site = site("BER-1");
    station(site.id(), "CP1", ac(1));
    book.refresh();
    time.advance(Duration.ofSeconds(1));
    tariffs.put(6L, "9-2");
    book.refresh();
    JsonNode usual =
        get(OcpiVersion.V2_2_1, "BER-1").path("evses").get(0).path("connectors").get(0);
    JsonNode own = get(OcpiVersion.V2_3_0, "BER-1").path("evses").get(0).path("connectors").get(0);
    assertThat(usual.path("tariff_ids").get(0).asText()).isEqualTo("7-1");
    assertThat(own.path("tariff_ids").get(0).asText()).isEqualTo("9-2");
    assertThat(updated(own)).isEqualTo(time.now());
    assertThat(updated(get(OcpiVersion.V2_3_0, "BER-1"))).isEqualTo(time.now());
  }

  @Test
  void aConnectionThatIsLost_isUnknownAfterAWhile_andBackAtOnce() {
    Site site = site("BER-1");
    StationInfo station = station(site.id(), "CP1", ac(1));
    status(station, 1, "Available");
    watch.tick();
    time.advance(Duration.ofSeconds(1));
    DB.dsl().update(STATION).set(STATION.DISCONNECTED_AT, time.now()).execute();
    live.publish(new LiveEvent.StationChanged(1, station.id()));
    watch.tick();
    assertThat(first(site)).isEqualTo(EvseStatus.AVAILABLE);
    time.advance(PlaceMaker.PATIENCE);
    watch.tick();
    assertThat(first(site)).isEqualTo(EvseStatus.UNKNOWN);
    DB.dsl().update(STATION).set(STATION.CONNECTED_AT, time.now().plusMillis(1)).execute();
    live.publish(new LiveEvent.StationChanged(1, station.id()));
    watch.tick();
    assertThat(first(site)).isEqualTo(EvseStatus.AVAILABLE);
  }

  private EvseStatus first(Site site) {
    return book.bySite(site.id()).orElseThrow().evses().getFirst().status();
  }

  @Test
  void aThousandStatuses_areOneReading_andEachIsToldOnce() {
    Site site = site("BER-1");
    NewStation.NewEvse[] evses = new NewStation.NewEvse[20];
    for (int i = 0; i < evses.length; i++) {
      evses[i] = ac(i + 1);
    }
    List<StationInfo> stations = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      stations.add(station(site.id(), "CP" + i, evses));
    }
    watch.tick();
    told.clear();
    time.advance(Duration.ofSeconds(1));
    for (StationInfo station : stations) {
      for (int i = 1; i <= evses.length; i++) {
        status(station, i, "Charging");
      }
    }
    watch.tick();
    assertThat(told).hasSize(1_000).doesNotHaveDuplicates().allMatch(key -> key.startsWith("EVSE"));
    assertThat(book.bySite(site.id()).orElseThrow().evses())
        .allMatch(evse -> evse.status() == EvseStatus.CHARGING)
        .allMatch(evse -> evse.lastUpdated().equals(time.now()));
  }

  @Test
  void connectorsThat221DoesNotKnow_areNotInIt() {
    Site site = site("BER-1");
    station(
        site.id(),
        "CP1",
        new NewStation.NewEvse(
            1, true, 3, 350_000, List.of(new NewStation.NewConnector(1, "SAE_J3400"))),
        new NewStation.NewEvse(
            2, true, 3, 1_000_000, List.of(new NewStation.NewConnector(1, "MCS"))));
    book.refresh();
    JsonNode old = get(OcpiVersion.V2_2_1, "BER-1").path("evses");
    assertThat(old).hasSize(1);
    assertThat(old.get(0).path("connectors").get(0).path("standard").asText()).isEqualTo("TESLA_S");
    JsonNode fresh = get(OcpiVersion.V2_3_0, "BER-1").path("evses");
    assertThat(fresh).hasSize(2);
    assertThat(fresh.get(1).path("connectors").get(0).path("standard").asText()).isEqualTo("MCS");
  }

  @Test
  void theWordsOfStations_areOcpisStatus() {
    Map<String, EvseStatus> words =
        Map.of(
            "Available", EvseStatus.AVAILABLE,
            "Preparing", EvseStatus.CHARGING,
            "SuspendedEV", EvseStatus.CHARGING,
            "Finishing", EvseStatus.CHARGING,
            "Occupied", EvseStatus.CHARGING,
            "Reserved", EvseStatus.RESERVED,
            "Unavailable", EvseStatus.INOPERATIVE,
            "Faulted", EvseStatus.OUTOFORDER,
            "Unknown", EvseStatus.UNKNOWN);
    Site site = site("BER-1");
    StationInfo station = station(site.id(), "CP1", ac(1));
    book.refresh();
    words.forEach(
        (word, status) -> {
          status(station, 1, word);
          watch.tick();
          assertThat(first(site)).as(word).isEqualTo(status);
        });
  }
}
