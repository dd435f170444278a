/** The settlement machine in virtual time, with everything going wrong that can. */
@NullMarked
package org.ampay.payment.sim;

import org.jspecify.annotations.NullMarked;
