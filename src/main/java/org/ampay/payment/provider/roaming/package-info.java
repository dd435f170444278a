/** Roaming partners: they owe what sessions of their drivers cost, and pay by invoice. */
@NullMarked
package org.ampay.payment.provider.roaming;

import org.jspecify.annotations.NullMarked;
