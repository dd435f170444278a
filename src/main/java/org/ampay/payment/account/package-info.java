/** Operators' accounts with payment providers: settings, encrypted secrets, opened providers. */
@NullMarked
package org.ampay.payment.account;

import org.jspecify.annotations.NullMarked;
