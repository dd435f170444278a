package org.ampay.ocpi.profile;

import static org.ampay.store.tables.Tables.OCPI_PROFILE;

import java.util.OptionalInt;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Which profiles partners set. */
final class SetProfileStore {

  private SetProfileStore() {}

  /** The id of a session's profile at its station; empty: no partner set one. */
  static OptionalInt find(Tx tx, long sessionId) {
    @Nullable Integer id =
        SqlTx.of(tx)
            .dsl()
            .select(OCPI_PROFILE.PROFILE_ID)
            .from(OCPI_PROFILE)
            .where(OCPI_PROFILE.SESSION_ID.eq(sessionId))
            .fetchOne(OCPI_PROFILE.PROFILE_ID);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  static void save(Tx tx, long sessionId, long partnerId, int profileId) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_PROFILE)
        .set(OCPI_PROFILE.SESSION_ID, sessionId)
        .set(OCPI_PROFILE.PARTNER_ID, partnerId)
        .set(OCPI_PROFILE.PROFILE_ID, profileId)
        .onDuplicateKeyUpdate()
        .set(OCPI_PROFILE.PROFILE_ID, profileId)
        .execute();
  }

  static void delete(Tx tx, long sessionId) {
    SqlTx.of(tx)
        .dsl()
        .deleteFrom(OCPI_PROFILE)
        .where(OCPI_PROFILE.SESSION_ID.eq(sessionId))
        .execute();
  }
}
