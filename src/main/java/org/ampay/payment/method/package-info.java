/** How a driver pays where no order paid before, and the PIN by which he orders. */
@NullMarked
package org.ampay.payment.method;

import org.jspecify.annotations.NullMarked;
