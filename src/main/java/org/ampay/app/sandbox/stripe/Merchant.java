package org.ampay.app.sandbox.stripe;

import java.net.URI;

/** An account with Stripe; {@code callbacks} is its one webhook endpoint. */
record Merchant(String name, String account, String key, String webhookSecret, URI callbacks) {}
