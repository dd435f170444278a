/** Payment on account: a fleet customer charges now and is invoiced later, up to a credit limit. */
@NullMarked
package org.ampay.payment.provider.invoice;

import org.jspecify.annotations.NullMarked;
