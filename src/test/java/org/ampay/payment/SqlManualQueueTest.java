package org.ampay.payment;

import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlManualQueueTest extends ManualQueueContract {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  MoneyWorld newWorld() {
    return MoneyWorld.onDatabase(DATABASE);
  }
}
