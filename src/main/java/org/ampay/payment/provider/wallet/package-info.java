/** The prepaid wallet in our own ledger, as a payment provider. */
@NullMarked
package org.ampay.payment.provider.wallet;

import org.jspecify.annotations.NullMarked;
