/**
 * Orders: a driver pays at a charge point before the session, by a hold or a deposit; the session
 * is started for the payer, settled against the money, and the rest is given back.
 */
@NullMarked
package org.ampay.payment.order;

import org.jspecify.annotations.NullMarked;
