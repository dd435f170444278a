/** What every payment provider must keep: a test kit to inherit, also for providers of others. */
@NullMarked
package org.ampay.payment.kit;

import org.jspecify.annotations.NullMarked;
