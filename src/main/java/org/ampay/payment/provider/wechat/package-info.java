/** WeChat Pay, API v3, through its own SDK. */
@NullMarked
package org.ampay.payment.provider.wechat;

import org.jspecify.annotations.NullMarked;
