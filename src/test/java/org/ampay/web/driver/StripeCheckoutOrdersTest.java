package org.ampay.web.driver;

import org.junit.jupiter.api.Tag;

/** Orders by Stripe Checkout: paid before, the rest refunded. */
@Tag("full")
class StripeCheckoutOrdersTest extends RemoteOrderStories {

  private final SandboxTill till = new SandboxTill("stripe", "prepaid", "redirect");

  @Override
  Till till() {
    return till;
  }
}
