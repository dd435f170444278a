package org.ampay.payment;

import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlOrderTroubleTest extends OrderTroubleContract {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  OrderWorld newWorld() {
    return OrderWorld.onDatabase(DATABASE);
  }
}
