package org.ampay.payment;

import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlMoneyFlowTest extends MoneyFlowContract {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  MoneyWorld newWorld() {
    return MoneyWorld.onDatabase(DATABASE);
  }
}
