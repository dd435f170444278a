/** What the platform keeps of payments: each operator's fee, from a time on. */
@NullMarked
package org.ampay.payment.fee;

import org.jspecify.annotations.NullMarked;
