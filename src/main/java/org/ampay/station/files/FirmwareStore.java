package org.ampay.station.files;

import static org.ampay.store.tables.Tables.FIRMWARE_IMAGE;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ampay.station.files.FirmwareImage.Verdict;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.jooq.Condition;
import org.jooq.Record;

/** The table of firmware images. */
final class FirmwareStore {

  private final Database database;
  private final StationFiles files;

  FirmwareStore(Database database, StationFiles files) {
    this.database = database;
    this.files = files;
  }

  void insert(FirmwareImage image) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .insertInto(FIRMWARE_IMAGE)
                    .set(FIRMWARE_IMAGE.ID, image.id())
                    .set(FIRMWARE_IMAGE.OPERATOR_ID, image.operatorId())
                    .set(FIRMWARE_IMAGE.FILE_ID, image.file().id())
                    .set(FIRMWARE_IMAGE.NAME, image.name())
                    .set(FIRMWARE_IMAGE.VENDOR, image.vendor())
                    .set(FIRMWARE_IMAGE.MODEL, image.model())
                    .set(FIRMWARE_IMAGE.VERSION, image.version())
                    .set(FIRMWARE_IMAGE.SIGNING_CERTIFICATE, image.signingCertificate())
                    .set(FIRMWARE_IMAGE.SIGNATURE, image.signature())
                    .set(FIRMWARE_IMAGE.VERDICT, image.verdict().word())
                    .set(FIRMWARE_IMAGE.CREATED_BY, image.createdBy())
                    .set(FIRMWARE_IMAGE.CREATED_AT, image.createdAt())
                    .execute());
  }

  Optional<FirmwareImage> find(long operatorId, long id) {
    return fetch(FIRMWARE_IMAGE.OPERATOR_ID.eq(operatorId).and(FIRMWARE_IMAGE.ID.eq(id)), 1)
        .stream()
        .findFirst();
  }

  Optional<FirmwareImage> ofFile(long fileId) {
    return fetch(FIRMWARE_IMAGE.FILE_ID.eq(fileId), 1).stream().findFirst();
  }

  List<FirmwareImage> list(long operatorId, long beforeId, int limit) {
    return fetch(
        FIRMWARE_IMAGE.OPERATOR_ID.eq(operatorId).and(FIRMWARE_IMAGE.ID.lt(beforeId)), limit);
  }

  void verdict(long id, Verdict verdict) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .update(FIRMWARE_IMAGE)
                    .set(FIRMWARE_IMAGE.VERDICT, verdict.word())
                    .where(FIRMWARE_IMAGE.ID.eq(id))
                    .execute());
  }

  void deleted(long id, Instant at) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .update(FIRMWARE_IMAGE)
                    .set(FIRMWARE_IMAGE.DELETED_AT, at)
                    .where(FIRMWARE_IMAGE.ID.eq(id))
                    .execute());
  }

  private List<FirmwareImage> fetch(Condition condition, int limit) {
    return database
        .dsl()
        .selectFrom(FIRMWARE_IMAGE)
        .where(condition)
        .and(FIRMWARE_IMAGE.DELETED_AT.isNull())
        .orderBy(FIRMWARE_IMAGE.ID.desc())
        .limit(limit)
        .fetch()
        .map(this::image);
  }

  private FirmwareImage image(Record r) {
    return new FirmwareImage(
        r.get(FIRMWARE_IMAGE.ID),
        r.get(FIRMWARE_IMAGE.OPERATOR_ID),
        files.find(r.get(FIRMWARE_IMAGE.FILE_ID)).orElseThrow(),
        r.get(FIRMWARE_IMAGE.NAME),
        r.get(FIRMWARE_IMAGE.VENDOR),
        r.get(FIRMWARE_IMAGE.MODEL),
        r.get(FIRMWARE_IMAGE.VERSION),
        r.get(FIRMWARE_IMAGE.SIGNING_CERTIFICATE),
        r.get(FIRMWARE_IMAGE.SIGNATURE),
        Verdict.valueOf(r.get(FIRMWARE_IMAGE.VERDICT).toUpperCase(Locale.ROOT)),
        r.get(FIRMWARE_IMAGE.CREATED_BY),
        r.get(FIRMWARE_IMAGE.CREATED_AT));
  }
}
