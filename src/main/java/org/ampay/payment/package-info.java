/** Settlement of bills: providers, operations, holds, refunds, wallets. */
@NullMarked
package org.ampay.payment;

import org.jspecify.annotations.NullMarked;
