package org.ampay.station.reports;

import static org.ampay.store.tables.Tables.DATA_TRANSFER;
import static org.ampay.store.tables.Tables.DATA_TRANSFER_VENDOR;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Vendors' messages, and the vendors whose messages are accepted. */
final class TransferStore {

  private final Database database;

  TransferStore(Database database) {
    this.database = database;
  }

  static void sent(Tx tx, long id, StationInfo station, Sent.Transfer sent, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(DATA_TRANSFER)
        .set(DATA_TRANSFER.ID, id)
        .set(DATA_TRANSFER.OPERATOR_ID, station.operatorId())
        .set(DATA_TRANSFER.STATION_ID, station.id())
        .set(DATA_TRANSFER.DIRECTION, "out")
        .set(DATA_TRANSFER.VENDOR_ID, sent.vendorId())
        .set(DATA_TRANSFER.MESSAGE_ID, sent.messageId())
        .set(DATA_TRANSFER.DATA, sent.data())
        .set(DATA_TRANSFER.STATUS, "sent")
        .set(DATA_TRANSFER.AT, at)
        .execute();
  }

  static void answered(Tx tx, long id, String status, String data) {
    SqlTx.of(tx)
        .dsl()
        .update(DATA_TRANSFER)
        .set(DATA_TRANSFER.STATUS, status)
        .set(DATA_TRANSFER.ANSWER_DATA, data.isEmpty() ? null : data)
        .where(DATA_TRANSFER.ID.eq(id))
        .execute();
  }

  List<TransferRow> list(Transfers.Filter filter, long beforeId, int limit) {
    List<Condition> all = new ArrayList<>();
    all.add(DATA_TRANSFER.OPERATOR_ID.eq(filter.operatorId()));
    all.add(DATA_TRANSFER.ID.lt(beforeId));
    filter.stationId().ifPresent(id -> all.add(DATA_TRANSFER.STATION_ID.eq(id)));
    filter.vendorId().ifPresent(vendor -> all.add(DATA_TRANSFER.VENDOR_ID.eq(vendor)));
    return database
        .dsl()
        .select(DATA_TRANSFER.asterisk(), STATION.IDENTITY)
        .from(DATA_TRANSFER)
        .leftJoin(STATION)
        .on(STATION.ID.eq(DATA_TRANSFER.STATION_ID))
        .where(DSL.and(all))
        .orderBy(DATA_TRANSFER.ID.desc())
        .limit(limit)
        .fetch(
            r -> {
              String station = r.get(STATION.IDENTITY);
              return new TransferRow(
                  r.get(DATA_TRANSFER.ID),
                  station == null ? "" : station,
                  r.get(DATA_TRANSFER.DIRECTION),
                  r.get(DATA_TRANSFER.VENDOR_ID),
                  r.get(DATA_TRANSFER.MESSAGE_ID),
                  r.get(DATA_TRANSFER.DATA),
                  r.get(DATA_TRANSFER.STATUS),
                  r.get(DATA_TRANSFER.ANSWER_DATA),
                  r.get(DATA_TRANSFER.AT));
            });
  }

  void deleteBefore(Instant end, int limit) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .deleteFrom(DATA_TRANSFER)
                    .where(DATA_TRANSFER.AT.lt(end))
                    .limit(limit)
                    .execute());
  }

  List<Transfers.Vendor> vendors() {
    return database
        .dsl()
        .selectFrom(DATA_TRANSFER_VENDOR)
        .orderBy(DATA_TRANSFER_VENDOR.OPERATOR_ID, DATA_TRANSFER_VENDOR.VENDOR_ID)
        .fetch(
            r ->
                new Transfers.Vendor(
                    r.getOperatorId(),
                    r.getVendorId(),
                    Transfers.words(r.getMessageIds()),
                    r.getCreatedBy(),
                    r.getCreatedAt()));
  }

  void put(Transfers.Vendor vendor) {
    String messages = Transfers.text(vendor.messageIds());
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .insertInto(DATA_TRANSFER_VENDOR)
                    .set(DATA_TRANSFER_VENDOR.OPERATOR_ID, vendor.operatorId())
                    .set(DATA_TRANSFER_VENDOR.VENDOR_ID, vendor.vendorId())
                    .set(DATA_TRANSFER_VENDOR.MESSAGE_IDS, messages)
                    .set(DATA_TRANSFER_VENDOR.CREATED_BY, vendor.createdBy())
                    .set(DATA_TRANSFER_VENDOR.CREATED_AT, vendor.createdAt())
                    .onDuplicateKeyUpdate()
                    .set(DATA_TRANSFER_VENDOR.MESSAGE_IDS, messages)
                    .set(DATA_TRANSFER_VENDOR.CREATED_BY, vendor.createdBy())
                    .execute());
  }

  boolean delete(long operatorId, String vendorId) {
    return database
        .transactor()
        .call(
            tx ->
                SqlTx.of(tx)
                        .dsl()
                        .deleteFrom(DATA_TRANSFER_VENDOR)
                        .where(DATA_TRANSFER_VENDOR.OPERATOR_ID.eq(operatorId))
                        .and(DATA_TRANSFER_VENDOR.VENDOR_ID.eq(vendorId))
                        .execute()
                    == 1);
  }
}
