package org.ampay.web.driver;

/** Orders that are paid before, with the bank of the sample plug-in. */
class BankPrepaidOrdersTest extends OrderStories {

  private final BankTill bank = BankTill.shared("prepaid");

  @Override
  Till till() {
    return bank;
  }
}
