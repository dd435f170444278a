/** What drivers paid before their sessions. */
@NullMarked
package org.ampay.payment.provider.deposit;

import org.jspecify.annotations.NullMarked;
