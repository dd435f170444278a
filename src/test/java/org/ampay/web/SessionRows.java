package org.ampay.web;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.BILL_LINE;
import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.METER_READING;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.QUARANTINE;
import static org.ampay.store.tables.Tables.SETTLEMENT;
import static org.ampay.store.tables.Tables.UNKNOWN_TOKEN;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.ampay.base.Digests;
import org.ampay.station.StationInfo;
import org.jooq.DSLContext;

/** Writes sessions with everything that follows from them straight into the tables. */
final class SessionRows {

  private final WebFixture web;

  SessionRows(WebFixture web) {
    this.web = web;
  }

  private DSLContext dsl() {
    return web.database.dsl();
  }

  /** A session that began {@code minutesAgo} and is in that state. */
  long session(StationInfo station, String state, String settlement, int minutesAgo) {
    long id = web.ids.next();
    Instant start = web.time.now().minus(Duration.ofMinutes(minutesAgo));
    boolean active = state.equals("active");
    dsl()
        .insertInto(CHARGING_SESSION)
        .set(CHARGING_SESSION.ID, id)
        .set(CHARGING_SESSION.SESSION_KEY, Digests.key16(id))
        .set(CHARGING_SESSION.OPERATOR_ID, station.operatorId())
        .set(CHARGING_SESSION.SITE_ID, station.siteId())
        .set(CHARGING_SESSION.STATION_ID, station.id())
        .set(CHARGING_SESSION.EVSE_NO, 1)
        .set(CHARGING_SESSION.CONNECTOR_NO, 1)
        .set(CHARGING_SESSION.PROTOCOL, "1.6")
        .set(CHARGING_SESSION.TRANSACTION_ID, String.valueOf(id))
        .set(CHARGING_SESSION.TOKEN_UID, "TAG-" + id)
        .set(CHARGING_SESSION.TOKEN_TYPE, "")
        .set(CHARGING_SESSION.STARTED_AT, start)
        .set(CHARGING_SESSION.START_RECEIVED, start)
        .set(CHARGING_SESSION.STOPPED_AT, active ? null : start.plusSeconds(1_800))
        .set(CHARGING_SESSION.STOP_RECEIVED, active ? null : start.plusSeconds(1_800))
        .set(CHARGING_SESSION.STOP_REASON, active ? null : "Local")
        .set(CHARGING_SESSION.METER_START_MWH, 1_000_000L)
        .set(CHARGING_SESSION.METER_STOP_MWH, active ? null : 21_345_000L)
        .set(CHARGING_SESSION.ENERGY_MWH, active ? null : 20_345_000L)
        .set(CHARGING_SESSION.STATE, state)
        .set(
            CHARGING_SESSION.REVIEW_REASON,
            state.equals("review") ? "register ran backwards by 3.2 kWh" : null)
        .set(CHARGING_SESSION.CURRENCY, station.currency())
        .set(CHARGING_SESSION.TOTAL_MINOR, settlement.equals("none") ? null : 2_084L)
        .set(CHARGING_SESSION.SETTLEMENT_STATE, settlement)
        .execute();
    readings(station, id, start, !active);
    if (!settlement.equals("none")) {
      bill(station, id, start, settlement);
    }
    return id;
  }

  /** Readings of every minute; a car at an AC station tells no state of charge. */
  private void readings(StationInfo station, long session, Instant start, boolean withSoc) {
    for (int i = 0; i <= 30; i++) {
      Instant at = start.plusSeconds(i * 60L);
      dsl()
          .insertInto(METER_READING)
          .set(METER_READING.SESSION_ID, session)
          .set(METER_READING.ID, web.ids.next())
          .set(METER_READING.RECEIVED_AT, at)
          .set(METER_READING.STATION_ID, station.id())
          .set(METER_READING.EVSE_NO, 1)
          .set(METER_READING.READ_AT, at)
          .set(METER_READING.CONTEXT, "Sample.Periodic")
          .set(METER_READING.REGISTER_MWH, 1_000_000L + i * 678_000L)
          .set(METER_READING.POWER_MW, 40_000_000L - i * 700_000L)
          .set(METER_READING.SOC_MILLI, withSoc ? Integer.valueOf(20_000 + i * 2_000) : null)
          .execute();
    }
  }

  private void bill(StationInfo station, long session, Instant start, String settlement) {
    long bill = web.ids.next();
    dsl()
        .insertInto(BILL)
        .set(BILL.ID, bill)
        .set(BILL.OPERATOR_ID, station.operatorId())
        .set(BILL.SESSION_ID, session)
        .set(BILL.STATION_ID, station.id())
        .set(BILL.KIND, "charge")
        .set(BILL.SEQ, 0)
        .set(BILL.SNAPSHOT_ID, 0L)
        .set(BILL.CURRENCY, station.currency())
        .set(BILL.EXCL_MINOR, 1_966L)
        .set(BILL.TAX_MINOR, 118L)
        .set(BILL.TOTAL_MINOR, 2_084L)
        .set(BILL.CREATED_AT, web.time.now())
        .execute();
    line(bill, 1, "ENERGY", new BigDecimal("20.345"), new BigDecimal("0.94175"), 1_916, 115);
    line(bill, 2, "FLAT", BigDecimal.ONE, new BigDecimal("0.5"), 50, 3);
    long id = web.ids.next();
    dsl()
        .insertInto(SETTLEMENT)
        .set(SETTLEMENT.ID, id)
        .set(SETTLEMENT.OPERATOR_ID, station.operatorId())
        .set(SETTLEMENT.BILL_ID, bill)
        .set(SETTLEMENT.SESSION_ID, session)
        .set(SETTLEMENT.CURRENCY, station.currency())
        .set(SETTLEMENT.AMOUNT_MINOR, 2_084L)
        .set(SETTLEMENT.SETTLED_MINOR, settlement.equals("settled") ? 2_084L : 0L)
        .set(SETTLEMENT.REFUNDED_MINOR, 0L)
        .set(SETTLEMENT.STATE, settlement)
        .set(SETTLEMENT.CREATED_AT, start)
        .set(SETTLEMENT.UPDATED_AT, start)
        .execute();
    dsl()
        .insertInto(PAYMENT_OPERATION)
        .set(PAYMENT_OPERATION.ID, web.ids.next())
        .set(PAYMENT_OPERATION.OPERATOR_ID, station.operatorId())
        .set(PAYMENT_OPERATION.SETTLEMENT_ID, id)
        .set(PAYMENT_OPERATION.PROVIDER, "wallet")
        .set(PAYMENT_OPERATION.KIND, "capture")
        .set(PAYMENT_OPERATION.REFERENCE, "capture-" + id)
        .set(PAYMENT_OPERATION.CURRENCY, station.currency())
        .set(PAYMENT_OPERATION.AMOUNT_MINOR, 2_084L)
        .set(PAYMENT_OPERATION.DONE_MINOR, 2_084L)
        .set(PAYMENT_OPERATION.GIFT_MINOR, 0L)
        .set(PAYMENT_OPERATION.STATE, "succeeded")
        .set(PAYMENT_OPERATION.ATTEMPTS, 1)
        .set(PAYMENT_OPERATION.CREATED_AT, start)
        .set(PAYMENT_OPERATION.UPDATED_AT, start)
        .execute();
  }

  private void line(
      long bill,
      int no,
      String dimension,
      BigDecimal volume,
      BigDecimal price,
      long excl,
      long tax) {
    dsl()
        .insertInto(BILL_LINE)
        .set(BILL_LINE.BILL_ID, bill)
        .set(BILL_LINE.LINE_NO, no)
        .set(BILL_LINE.DIMENSION, dimension)
        .set(BILL_LINE.VOLUME, volume)
        .set(BILL_LINE.UNIT_PRICE, price)
        .set(BILL_LINE.VAT_RATE, new BigDecimal("6"))
        .set(BILL_LINE.EXCL_MINOR, excl)
        .set(BILL_LINE.TAX_MINOR, tax)
        .set(BILL_LINE.TOTAL_MINOR, excl + tax)
        .execute();
  }

  void unknownToken(StationInfo station, String uid) {
    dsl()
        .insertInto(UNKNOWN_TOKEN)
        .set(UNKNOWN_TOKEN.OPERATOR_ID, station.operatorId())
        .set(UNKNOWN_TOKEN.UID_KEY, uid.toLowerCase(java.util.Locale.ROOT))
        .set(UNKNOWN_TOKEN.UID, uid)
        .set(UNKNOWN_TOKEN.TYPE, "")
        .set(UNKNOWN_TOKEN.STATION_ID, station.id())
        .set(UNKNOWN_TOKEN.FIRST_SEEN, web.time.now())
        .set(UNKNOWN_TOKEN.LAST_SEEN, web.time.now())
        .set(UNKNOWN_TOKEN.SEEN, 3)
        .execute();
  }

  void quarantine(StationInfo station, String frame) {
    dsl()
        .insertInto(QUARANTINE)
        .set(QUARANTINE.ID, web.ids.next())
        .set(QUARANTINE.STATION_ID, station.id())
        .set(QUARANTINE.RECEIVED_AT, web.time.now())
        .set(QUARANTINE.PROTOCOL, "1.6")
        .set(QUARANTINE.FRAME, frame.getBytes(StandardCharsets.UTF_8))
        .set(QUARANTINE.REASON, "could not be committed: data too long")
        .execute();
  }
}
