package org.ampay.ocpi.location;

import static org.ampay.store.tables.Tables.CONNECTOR;
import static org.ampay.store.tables.Tables.STATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ampay.base.TestTime;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.Pushes;
import org.ampay.ocpi.v221.Locations221;
import org.ampay.ocpi.v230.Locations230;
import org.ampay.station.Inventory;
import org.ampay.station.NewStation;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.station.StationPasswords;
import org.ampay.store.TestDatabase;
import org.ampay.store.Tx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sites, stations and partners on the real database, and what partners are told of them. */
abstract class PlaceScene {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  static final PartyRef OURS = new PartyRef("CN", "AMP");
  static final LocationForms FORMS = new LocationForms(Locations221.form(), Locations230.form());

  final TestTime time = TestTime.monday();
  final AtomicLong ids = new AtomicLong(100);
  final Map<Long, String> tariffs = new ConcurrentHashMap<>();
  final List<String> told = new ArrayList<>();
  final LiveBus live = new LiveBus();
  Consumer<PlaceTariffs.Spot> asked = spot -> {};
  Inventory inventory;
  PlaceBook book;
  PlaceWatch watch;

  @BeforeEach
  void begin() {
    DB.clear();
    inventory =
        new Inventory(
            DB.database(), ids::incrementAndGet, time, new StationPasswords(new byte[32]));
    tariffs.put(0L, "7-1");
    book = newBook();
  }

  PlaceBook newBook() {
    PlaceBook made =
        new PlaceBook(
            new InventoryReadStore(DB.database()),
            new PlaceStore(DB.database()),
            spot -> {
              asked.accept(spot);
              return Map.copyOf(tariffs);
            },
            time);
    LocationPushes.connect(made, partners(), pushes());
    watch = new PlaceWatch(made, () -> {}, live, time);
    return made;
  }

  static Partner partner(long id, OcpiVersion version) {
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

  static Partners partners() {
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

  Pushes pushes() {
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

  Site site(String code, BigDecimal latitude) {
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

  Site site(String code) {
    return site(code, new BigDecimal("52.52"));
  }

  StationInfo station(long siteId, String identity, NewStation.NewEvse... evses) {
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

  static NewStation.NewEvse ac(int no) {
    return new NewStation.NewEvse(
        no, false, 3, 22_000, List.of(new NewStation.NewConnector(1, "IEC_62196_T2")));
  }

  /** A status of which no event tells. */
  static void silently(StationInfo station, int evse, String word) {
    DB.dsl()
        .update(CONNECTOR)
        .set(CONNECTOR.STATUS, word)
        .where(CONNECTOR.STATION_ID.eq(station.id()).and(CONNECTOR.EVSE_NO.eq(evse)))
        .execute();
  }

  void status(StationInfo station, int evse, String word) {
    silently(station, evse, word);
    live.publish(new LiveEvent.StationChanged(1, station.id()));
  }

  /** A call of a partner: a method, a path, a page. */
  record Call(Partner partner, String method, List<String> path, PageQuery page)
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

  JsonNode get(OcpiVersion version, String... path) {
    Call call =
        new Call(
            partner(version == OcpiVersion.V2_2_1 ? 5 : 6, version),
            "GET",
            List.of(path),
            new PageQuery(null, null, 0, 100));
    return ((OcpiAnswer.Done) new LocationsModule(book, FORMS).handle(call)).data();
  }

  OcpiAnswer.Page page(Instant from, Instant to, long offset, int limit) {
    Call call =
        new Call(
            partner(5, OcpiVersion.V2_2_1),
            "GET",
            List.of(),
            new PageQuery(from, to, offset, limit));
    return (OcpiAnswer.Page) new LocationsModule(book, FORMS).handle(call);
  }

  static Instant updated(JsonNode node) {
    return Instant.parse(node.path("last_updated").asText());
  }
}
