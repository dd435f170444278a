@NullMarked
package org.ampay.payment.provider.alipay;

import org.jspecify.annotations.NullMarked;
