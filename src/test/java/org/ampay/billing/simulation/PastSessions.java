package org.ampay.billing.simulation;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.CHARGING_SESSION;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ampay.base.CountingIds;
import org.ampay.base.Digests;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.billing.catalog.SqlTariffSnapshotStore;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.Price;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/** Finished sessions in the database, with facts as stations leave them behind. */
public final class PastSessions {

  public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  public static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");

  /** A session as it lies in the table. */
  public record Made(
      long id,
      long site,
      long station,
      Instant at,
      TariffSnapshot snapshot,
      SessionFacts facts,
      Money billed) {}

  private final TestDatabase database;
  private final SqlTariffSnapshotStore snapshots;
  private final IdSource ids;
  public final List<Made> made = new ArrayList<>();

  public PastSessions(TestDatabase database, org.ampay.base.TimeSource time) {
    this.database = database;
    this.ids = new CountingIds(100);
    this.snapshots = new SqlTariffSnapshotStore(database.transactor(), new CountingIds(), time);
  }

  public static Tariff tariff(String json) {
    return TariffJson.read(TariffJson.readTree(json));
  }

  public static TariffSnapshot snapshot(long tariffId, Tariff tariff, ZoneId zone) {
    return TariffSnapshot.of(tariffId, 1, tariff, zone, RoundingMode.HALF_UP);
  }

  public void site(long id, long operator, ZoneId zone) {
    database
        .dsl()
        .execute(
            "INSERT INTO site (id, operator_id, code, name, address, city, postal_code, country,"
                + " time_zone, published, created_at) VALUES ("
                + id
                + ", "
                + operator
                + ", 'S"
                + id
                + "', 'Site "
                + id
                + "', '1 Road', 'Shanghai', '200000', 'CHN', '"
                + zone
                + "', TRUE, '2026-01-01')");
  }

  /** A reading a minute, uneven power, then perhaps some parking. */
  public static SessionFacts facts(Random random, Instant at, int minutes, int parking) {
    List<Segment> segments = new ArrayList<>();
    Instant from = at.plusMillis(random.nextInt(60_000));
    for (int i = 0; i < minutes; i++) {
      Instant to = from.plusMillis(50_000 + random.nextInt(20_000));
      BigDecimal current = random.nextInt(3) == 0 ? new BigDecimal("16.5") : null;
      segments.add(
          new Segment(
              from,
              to,
              SegmentState.CHARGING,
              BigDecimal.valueOf(random.nextInt(900_000), 6),
              null,
              current,
              null));
      from = to;
    }
    if (parking > 0) {
      segments.add(
          new Segment(
              from,
              from.plus(Duration.ofMinutes(parking)),
              SegmentState.PARKING,
              BigDecimal.ZERO,
              null,
              null,
              null));
    }
    return new SessionFacts(segments);
  }

  /** A finished session with its bill. */
  public Made finished(
      long operator, long site, long station, TariffSnapshot snapshot, SessionFacts facts) {
    Price price = Pricing.price(snapshot, facts);
    Instant at = facts.segments().getFirst().from();
    long id = insert(operator, site, station, "finished", at, snapshot, facts);
    long tax = price.payable().minor() - price.payableExcl().orElse(price.payable()).minor();
    database
        .dsl()
        .insertInto(BILL)
        .set(BILL.ID, id)
        .set(BILL.OPERATOR_ID, operator)
        .set(BILL.SESSION_ID, id)
        .set(BILL.STATION_ID, station)
        .set(BILL.KIND, "charge")
        .set(BILL.SEQ, 0)
        .set(BILL.SNAPSHOT_ID, 1L)
        .set(BILL.CURRENCY, price.currency())
        .set(BILL.EXCL_MINOR, price.payable().minor() - tax)
        .set(BILL.TAX_MINOR, tax)
        .set(BILL.TOTAL_MINOR, price.payable().minor())
        .set(BILL.CREATED_AT, at)
        .execute();
    Made session = new Made(id, site, station, at, snapshot, facts, price.payable());
    made.add(session);
    return session;
  }

  /** Any session, without a bill. */
  public long insert(
      long operator,
      long site,
      long station,
      String state,
      Instant at,
      @Nullable TariffSnapshot snapshot,
      @Nullable SessionFacts facts) {
    long id = ids.next();
    database
        .dsl()
        .insertInto(CHARGING_SESSION)
        .set(CHARGING_SESSION.ID, id)
        .set(CHARGING_SESSION.SESSION_KEY, Digests.key16(id))
        .set(CHARGING_SESSION.OPERATOR_ID, operator)
        .set(CHARGING_SESSION.SITE_ID, site)
        .set(CHARGING_SESSION.STATION_ID, station)
        .set(CHARGING_SESSION.EVSE_NO, 1)
        .set(CHARGING_SESSION.CONNECTOR_NO, 1)
        .set(CHARGING_SESSION.PROTOCOL, "1.6")
        .set(CHARGING_SESSION.TRANSACTION_ID, String.valueOf(id))
        .set(CHARGING_SESSION.STARTED_AT, at)
        .set(CHARGING_SESSION.START_RECEIVED, at)
        .set(CHARGING_SESSION.ENERGY_MWH, facts == null ? null : energyMwh(facts))
        .set(CHARGING_SESSION.STATE, state)
        .set(CHARGING_SESSION.SNAPSHOT_ID, snapshot == null ? null : snapshots.idOf(snapshot))
        .set(CHARGING_SESSION.PRICE_FACTS, facts == null ? null : facts.toJson())
        .set(CHARGING_SESSION.CURRENCY, snapshot == null ? "CNY" : snapshot.currency())
        .set(CHARGING_SESSION.SETTLEMENT_STATE, "none")
        .execute();
    return id;
  }

  public static long energyMwh(SessionFacts facts) {
    return facts.segments().stream()
        .map(Segment::kwh)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .movePointRight(6)
        .longValueExact();
  }
}
