package org.ampay.web.driver;

/** Orders with a hold of the bank of the sample plug-in. */
class BankHoldOrdersTest extends OrderStories {

  private final BankTill bank = BankTill.shared("preauth");

  @Override
  Till till() {
    return bank;
  }
}
