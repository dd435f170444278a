package org.ampay.billing.catalog;

import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.base.IdSource;
import org.ampay.base.TestTime;
import org.ampay.billing.catalog.AssignmentJson.Placed;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.CalendarJson;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffQuery;
import org.ampay.tariff.TariffSnapshot;

/** Two operators with a site, stations and a driver, and the catalog on the real database. */
final class CatalogWorld {

  static final long OPERATOR_A = 1;
  static final long OPERATOR_B = 2;
  static final long SITE_A = 11;
  static final long STATION_A = 21;
  static final long STATION_B = 22;
  static final long DRIVER_A = 31;
  static final long DRIVER_B = 32;
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final Instant START = Instant.parse("2025-06-03T10:00:00Z");
  static final Author ANNA = Author.of("user:anna@a.example");
  static final Author BOB = Author.of("user:bob@a.example");

  final TestTime time = new TestTime(START);
  final IdSource ids = new AtomicLong(1000)::incrementAndGet;
  final TariffCatalog catalog;
  private final TestDatabase database;

  CatalogWorld(TestDatabase database) {
    this.database = database;
    database.clear();
    operator(OPERATOR_A, "CNY");
    operator(OPERATOR_B, "CNY");
    site(SITE_A, OPERATOR_A);
    station(STATION_A, OPERATOR_A, SITE_A);
    station(STATION_B, OPERATOR_B, 12);
    driver(DRIVER_A, OPERATOR_A);
    driver(DRIVER_B, OPERATOR_B);
    catalog = newCatalog();
  }

  TariffCatalog newCatalog() {
    return new TariffCatalog(database.transactor(), new TariffStore(), ids, time);
  }

  private void operator(long id, String currency) {
    database
        .dsl()
        .insertInto(OPERATOR)
        .set(OPERATOR.ID, id)
        .set(OPERATOR.NAME, "Operator " + id)
        .set(OPERATOR.COUNTRY_CODE, "CN")
        .set(OPERATOR.PARTY_ID, "AM" + id)
        .set(OPERATOR.CURRENCY, currency)
        .set(OPERATOR.HOLD_MINOR, 5000L)
        .set(OPERATOR.CREATED_AT, START)
        .execute();
  }

  private void site(long id, long operatorId) {
    database
        .dsl()
        .insertInto(SITE)
        .set(SITE.ID, id)
        .set(SITE.OPERATOR_ID, operatorId)
        .set(SITE.CODE, "S" + id)
        .set(SITE.NAME, "Site")
        .set(SITE.ADDRESS, "1 Road")
        .set(SITE.CITY, "City")
        .set(SITE.POSTAL_CODE, "1")
        .set(SITE.COUNTRY, "CHN")
        .set(SITE.TIME_ZONE, ZONE.getId())
        .set(SITE.PUBLISHED, true)
        .set(SITE.CREATED_AT, START)
        .execute();
  }

  void station(long id, long operatorId, long siteId) {
    database
        .dsl()
        .insertInto(STATION)
        .set(STATION.ID, id)
        .set(STATION.OPERATOR_ID, operatorId)
        .set(STATION.SITE_ID, siteId)
        .set(STATION.IDENTITY, "CP" + id)
        .set(STATION.NAME, "Station")
        .set(STATION.SECURITY_PROFILE, (byte) 0)
        .set(STATION.REGISTRATION, "none")
        .set(STATION.CREATED_AT, START)
        .execute();
  }

  private void driver(long id, long operatorId) {
    database
        .dsl()
        .insertInto(DRIVER)
        .set(DRIVER.ID, id)
        .set(DRIVER.OPERATOR_ID, operatorId)
        .set(DRIVER.NAME, "Driver " + id)
        .set(DRIVER.CREATED_AT, START)
        .execute();
  }

  /** In whose name a roaming partner pays. */
  long partner(long id, long operatorId) {
    driver(id, operatorId);
    database.dsl().update(DRIVER).set(DRIVER.KIND, "partner").where(DRIVER.ID.eq(id)).execute();
    return id;
  }

  static Tariff tariff(String price) {
    return tariff("CNY", price);
  }

  static Tariff tariff(String currency, String price) {
    return parse(
        """
        {"currency":"%s","elements":[{"price_components":[\
        {"type":"ENERGY","price":%s,"step_size":1}]}]}\
        """
            .formatted(currency, price));
  }

  static Tariff parse(String json) {
    return TariffJson.read(TariffJson.readTree(json));
  }

  /** Priced by the tiers of a stored calendar: 2 at the peak, 1 else. */
  static Tariff tiered(long calendar) {
    return parse(
        """
        {"currency":"CNY","calendar_id":%d,"elements":[
          {"price_components":[{"type":"ENERGY","price":2,"step_size":1}],
           "restrictions":{"calendar_tiers":["PEAK"]}},
          {"price_components":[{"type":"ENERGY","price":1,"step_size":1}]}]}
        """
            .formatted(calendar));
  }

  /** A calendar with the peak from an hour on until midnight. */
  static TariffCalendar calendar(String name, String peakFrom) {
    return CalendarJson.read(
        TariffJson.readTree(
            """
            {"name":"%s","seasons":[{"days":[{"slots":[
              {"from":"00:00","tier":"VALLEY"},{"from":"%s","tier":"PEAK"}]}]}]}
            """
                .formatted(name, peakFrom)));
  }

  long create(String price) {
    return catalog.create(OPERATOR_A, "Tariff " + price, tariff(price), "anna").id();
  }

  TariffVersion add(long tariff, String price, Instant validFrom) {
    return add(tariff, price, validFrom, ANNA);
  }

  TariffVersion add(long tariff, String price, Instant validFrom, Author author) {
    return catalog
        .versions()
        .add(
            OPERATOR_A,
            tariff,
            new NewVersion(null, tariff(price), validFrom),
            author,
            (tx, made) -> {})
        .orElseThrow()
        .version();
  }

  Assignment assign(long tariff, TariffLevel level, long target) {
    return assign(tariff, new NewAssignment(level, target, 0, START.minusSeconds(86_400)), ANNA);
  }

  Assignment assign(long tariff, NewAssignment wish, Author author) {
    return catalog
        .assignments()
        .assign(OPERATOR_A, tariff, List.of(Placed.of(wish)), author, (tx, made) -> {})
        .orElseThrow()
        .getFirst();
  }

  /** A session that starts and is heard of at these times, at station A by nobody known. */
  TariffQuery query(Instant received, Instant started) {
    return new TariffQuery(
        OPERATOR_A, SITE_A, STATION_A, Optional.empty(), received, started, ZONE);
  }

  TariffQuery queryNow() {
    return query(time.now(), time.now());
  }

  /** The tariff and version of a session that starts now: {@code 1001 v2}. */
  String now() {
    return at(time.now());
  }

  /** The same for a session that starts and is heard of at a time. */
  String at(Instant at) {
    return name(catalog.resolve(query(at, at)));
  }

  static String name(Optional<TariffSnapshot> snapshot) {
    return snapshot.map(s -> s.tariffId() + " v" + s.version()).orElse("none");
  }
}
