/** Stripe as the sandbox plays it: its API's shapes, keys, idempotency, pages and webhooks. */
@NullMarked
package org.ampay.app.sandbox.stripe;

import org.jspecify.annotations.NullMarked;
