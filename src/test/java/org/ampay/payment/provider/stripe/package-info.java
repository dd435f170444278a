@NullMarked
package org.ampay.payment.provider.stripe;

import org.jspecify.annotations.NullMarked;
