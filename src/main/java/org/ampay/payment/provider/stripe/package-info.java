/** Cards and wallets by Stripe: Checkout pages, holds, cards on file, transfers, disputes. */
@NullMarked
package org.ampay.payment.provider.stripe;

import org.jspecify.annotations.NullMarked;
