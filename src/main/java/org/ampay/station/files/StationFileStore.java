package org.ampay.station.files;

import static org.ampay.store.tables.Tables.STATION_FILE;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ampay.station.files.StationFile.Kind;
import org.ampay.station.files.StationFile.State;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The table of files. */
final class StationFileStore {

  private final Database database;

  StationFileStore(Database database) {
    this.database = database;
  }

  void insert(StationFile file) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .insertInto(STATION_FILE)
                    .set(STATION_FILE.ID, file.id())
                    .set(STATION_FILE.OPERATOR_ID, file.operatorId())
                    .set(STATION_FILE.STATION_ID, file.stationId())
                    .set(STATION_FILE.KIND, file.kind().word())
                    .set(STATION_FILE.NAME, file.name())
                    .set(STATION_FILE.STATE, file.state().word())
                    .set(STATION_FILE.SIZE_BYTES, file.sizeBytes())
                    .set(STATION_FILE.CREATED_AT, file.createdAt())
                    .execute());
  }

  Optional<StationFile> find(long id) {
    return database
        .dsl()
        .selectFrom(STATION_FILE)
        .where(STATION_FILE.ID.eq(id))
        .fetchOptional(StationFileStore::file);
  }

  List<StationFile> ofStation(long stationId, long beforeId, int limit) {
    return database
        .dsl()
        .selectFrom(STATION_FILE)
        .where(STATION_FILE.STATION_ID.eq(stationId))
        .and(STATION_FILE.ID.lt(beforeId))
        .orderBy(STATION_FILE.ID.desc())
        .limit(limit)
        .fetch(StationFileStore::file);
  }

  /** Whether it was still expected: the first upload wins. */
  boolean stored(
      Tx tx,
      long id,
      String name,
      StationFiles.Content content,
      Instant at,
      @Nullable Instant end) {
    return SqlTx.of(tx)
            .dsl()
            .update(STATION_FILE)
            .set(STATION_FILE.STATE, State.STORED.word())
            .set(STATION_FILE.NAME, name)
            .set(STATION_FILE.SIZE_BYTES, content.sizeBytes())
            .set(STATION_FILE.SHA256, content.sha256())
            .set(STATION_FILE.MD5, content.md5())
            .set(STATION_FILE.STORED_AT, at)
            .set(STATION_FILE.DELETE_AT, end)
            .where(STATION_FILE.ID.eq(id))
            .and(STATION_FILE.STATE.eq(State.EXPECTED.word()))
            .execute()
        == 1;
  }

  void deleted(long id) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .update(STATION_FILE)
                    .set(STATION_FILE.STATE, State.DELETED.word())
                    .setNull(STATION_FILE.DELETE_AT)
                    .where(STATION_FILE.ID.eq(id))
                    .execute());
  }

  /** Stored files whose time has come. */
  List<Long> ended(Instant now, int limit) {
    return database
        .dsl()
        .select(STATION_FILE.ID)
        .from(STATION_FILE)
        .where(STATION_FILE.STATE.eq(State.STORED.word()))
        .and(STATION_FILE.DELETE_AT.le(now))
        .limit(limit)
        .fetch(STATION_FILE.ID);
  }

  private static StationFile file(Record r) {
    byte[] sha256 = r.get(STATION_FILE.SHA256);
    String md5 = r.get(STATION_FILE.MD5);
    return new StationFile(
        r.get(STATION_FILE.ID),
        r.get(STATION_FILE.OPERATOR_ID),
        r.get(STATION_FILE.STATION_ID),
        Kind.valueOf(r.get(STATION_FILE.KIND).toUpperCase(Locale.ROOT)),
        r.get(STATION_FILE.NAME),
        State.valueOf(r.get(STATION_FILE.STATE).toUpperCase(Locale.ROOT)),
        r.get(STATION_FILE.SIZE_BYTES),
        sha256 == null ? "" : HexFormat.of().formatHex(sha256),
        md5 == null ? "" : md5,
        r.get(STATION_FILE.CREATED_AT),
        r.get(STATION_FILE.STORED_AT));
  }
}
