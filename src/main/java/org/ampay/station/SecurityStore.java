package org.ampay.station;

import static org.ampay.store.tables.Tables.STATION;

import java.util.Optional;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The columns of a station that its security profile and password stand in. */
final class SecurityStore {

  private final Database database;

  SecurityStore(Database database) {
    this.database = database;
  }

  /** Raises the pin; a higher one stays. */
  void pin(Tx tx, long stationId, int profile) {
    SqlTx.of(tx)
        .dsl()
        .update(STATION)
        .set(STATION.SECURITY_PROFILE, (byte) profile)
        .set(
            STATION.TARGET_PROFILE,
            DSL.when(STATION.TARGET_PROFILE.gt((byte) profile), STATION.TARGET_PROFILE))
        .where(STATION.ID.eq(stationId))
        .and(STATION.SECURITY_PROFILE.lt((byte) profile))
        .execute();
  }

  /** The profile that the station has agreed to, not pinned yet. */
  void target(Tx tx, long stationId, int profile) {
    SqlTx.of(tx)
        .dsl()
        .update(STATION)
        .set(STATION.TARGET_PROFILE, (byte) profile)
        .where(STATION.ID.eq(stationId))
        .execute();
  }

  /**
   * @param hash null: as it was
   * @param pending hashes behind one another, or empty
   * @param secret sealed, or null
   */
  void passwords(
      Tx tx,
      long stationId,
      byte @Nullable [] hash,
      byte[] pending,
      PasswordState state,
      byte @Nullable [] secret) {
    var update =
        SqlTx.of(tx)
            .dsl()
            .update(STATION)
            .set(STATION.PENDING_HASH, pending.length == 0 ? null : pending)
            .set(STATION.PENDING_STATE, state.stored())
            .set(STATION.PENDING_SECRET, secret);
    if (hash != null) {
      update = update.set(STATION.PASSWORD_HASH, hash);
    }
    update.where(STATION.ID.eq(stationId)).execute();
  }

  /** As the station said at its last boot. */
  Optional<String> serialNumber(long stationId) {
    return database
        .dsl()
        .select(STATION.SERIAL_NUMBER)
        .from(STATION)
        .where(STATION.ID.eq(stationId))
        .fetchOptional(STATION.SERIAL_NUMBER);
  }
}
