package org.ampay.web.driver;

/** Orders by Stripe: a card is authorized, then captured. */
class StripeOrdersTest extends RemoteOrderStories {

  private final SandboxTill till = new SandboxTill("stripe", "preauth", "redirect");

  @Override
  Till till() {
    return till;
  }
}
