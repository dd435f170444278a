/** The WeChat of our own against the provider through the real SDK. */
@NullMarked
package org.ampay.app.sandbox.wechat;

import org.jspecify.annotations.NullMarked;
