/** Alipay's side of the sandbox: a stateful gateway that speaks its wire and signs as it does. */
@NullMarked
package org.ampay.app.sandbox.alipay;

import org.jspecify.annotations.NullMarked;
