package org.ampay.ocpi.cdr;

import static org.ampay.store.tables.Tables.METER_READING;

import java.util.List;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;

/** What meters signed, as the readings of sessions have it. */
final class SignedStore {

  /** More in one session is nothing that a CDR could carry. */
  private static final int MOST = 200;

  private SignedStore() {}

  /** The readings that hold a signature, in the order of receipt. */
  static List<SignedReadings.Reading> of(Tx tx, long sessionId) {
    return SqlTx.of(tx)
        .dsl()
        .select(METER_READING.CONTEXT, METER_READING.EXTRA)
        .from(METER_READING)
        .where(METER_READING.SESSION_ID.eq(sessionId))
        .and(METER_READING.EXTRA.isNotNull())
        .and(METER_READING.EXTRA.contains("igned"))
        .orderBy(METER_READING.ID)
        .limit(MOST)
        .fetch(r -> new SignedReadings.Reading(r.value1(), r.value2()));
  }
}
