/** What a payment provider is: its commands, capabilities and outcomes. */
@NullMarked
package org.ampay.payment.provider;

import org.jspecify.annotations.NullMarked;
