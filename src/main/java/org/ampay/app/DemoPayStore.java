package org.ampay.app;

import static org.ampay.store.tables.Tables.EVSE;

import java.util.List;
import org.ampay.store.Database;

/** The codes at the demo's charge points. */
final class DemoPayStore {

  private final Database database;

  DemoPayStore(Database database) {
    this.database = database;
  }

  List<String> codes(long operatorId) {
    return database
        .dsl()
        .select(EVSE.PAY_CODE)
        .from(EVSE)
        .where(EVSE.OPERATOR_ID.eq(operatorId))
        .orderBy(EVSE.ID)
        .fetch(EVSE.PAY_CODE);
  }
}
