package org.ampay.billing.catalog;

import static org.ampay.store.tables.Tables.TARIFF_SNAPSHOT;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.store.SqlTx;
import org.ampay.store.Transactor;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;

/** Snapshots in the database, one row for equal ones, cached both ways. */
public final class SqlTariffSnapshotStore implements TariffSnapshots {

  private static final int CACHED = 10_000;

  private final Transactor transactor;
  private final IdSource ids;
  private final TimeSource time;
  private final Cache<TariffSnapshot, Long> idsBySnapshot =
      Caffeine.newBuilder().maximumSize(CACHED).build();
  private final Cache<Long, TariffSnapshot> snapshotsById =
      Caffeine.newBuilder().maximumSize(CACHED).build();

  /**
   * A store of its own caches; one a process is enough.
   *
   * @param transactor on connections of its own ({@code Database.sideTransactor}), because an id
   *     may be needed while another transaction is open
   */
  public SqlTariffSnapshotStore(Transactor transactor, IdSource ids, TimeSource time) {
    this.transactor = transactor;
    this.ids = ids;
    this.time = time;
  }

  @Override
  public long idOf(TariffSnapshot snapshot) {
    Long known = idsBySnapshot.getIfPresent(snapshot);
    if (known != null) {
      return known;
    }
    byte[] hash = snapshot.hash();
    long id = find(hash);
    if (id == 0) {
      insert(snapshot, hash);
      id = find(hash);
    }
    idsBySnapshot.put(snapshot, id);
    snapshotsById.put(id, snapshot);
    return id;
  }

  @Override
  public TariffSnapshot byId(long id) {
    return snapshotsById.get(id, this::load);
  }

  private TariffSnapshot load(long id) {
    String body =
        transactor.call(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .select(TARIFF_SNAPSHOT.BODY)
                    .from(TARIFF_SNAPSHOT)
                    .where(TARIFF_SNAPSHOT.ID.eq(id))
                    .fetchOptional(TARIFF_SNAPSHOT.BODY)
                    .orElseThrow(
                        () -> new IllegalArgumentException("there is no tariff snapshot " + id)));
    return TariffSnapshot.parse(body);
  }

  /** The id of the row with that hash, 0 when there is none. */
  private long find(byte[] hash) {
    return transactor.call(
        tx ->
            SqlTx.of(tx)
                .dsl()
                .select(TARIFF_SNAPSHOT.ID)
                .from(TARIFF_SNAPSHOT)
                .where(TARIFF_SNAPSHOT.HASH.eq(hash))
                .fetchOptional(TARIFF_SNAPSHOT.ID)
                .orElse(0L));
  }

  /** Leaves alone what somebody else has stored meanwhile. */
  private void insert(TariffSnapshot snapshot, byte[] hash) {
    long id = ids.next();
    transactor.run(
        tx ->
            SqlTx.of(tx)
                .dsl()
                .insertInto(TARIFF_SNAPSHOT)
                .set(TARIFF_SNAPSHOT.ID, id)
                .set(TARIFF_SNAPSHOT.HASH, hash)
                .set(TARIFF_SNAPSHOT.BODY, snapshot.toJson())
                .set(TARIFF_SNAPSHOT.CREATED_AT, time.now())
                .onDuplicateKeyIgnore()
                .execute());
  }
}
