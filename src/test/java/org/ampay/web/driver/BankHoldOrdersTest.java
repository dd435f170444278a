package org.ampay.web.driver;

import org.junit.jupiter.api.Tag;

/** Orders with a hold of the bank of the sample plug-in. */
@Tag("full")
class BankHoldOrdersTest extends OrderStories {

  private final BankTill bank = BankTill.shared("preauth");

  @Override
  Till till() {
    return bank;
  }
}
