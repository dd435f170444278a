/** A WeChat Pay of our own, in memory: its wire format, its signatures, its books. */
@NullMarked
package org.ampay.app.sandbox.wechat;

import org.jspecify.annotations.NullMarked;
