package org.ampay.web.driver;

import org.junit.jupiter.api.Tag;

/** Orders that are paid before, with the bank of the sample plug-in. */
@Tag("full")
class BankPrepaidOrdersTest extends OrderStories {

  private final BankTill bank = BankTill.shared("prepaid");

  @Override
  Till till() {
    return bank;
  }
}
