@NullMarked
package org.ampay.app.sandbox.alipay;

import org.jspecify.annotations.NullMarked;
