package org.ampay.ocpi.terminal;

import static org.ampay.store.tables.Tables.OCPI_SESSION_TOKEN;

import java.util.Optional;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;

/** The references with which partners consented to sessions, in the database. */
public final class ReferenceStore implements SessionReferences {

  @Override
  public Optional<Long> session(Tx tx, long partnerId, String authorizationReference) {
    return SqlTx.of(tx)
        .dsl()
        .select(OCPI_SESSION_TOKEN.SESSION_ID)
        .from(OCPI_SESSION_TOKEN)
        .where(OCPI_SESSION_TOKEN.PARTNER_ID.eq(partnerId))
        .and(OCPI_SESSION_TOKEN.AUTH_REF.eq(authorizationReference))
        .orderBy(OCPI_SESSION_TOKEN.SESSION_ID.desc())
        .limit(1)
        .fetchOptional(OCPI_SESSION_TOKEN.SESSION_ID);
  }
}
