/**
 * What payment providers tell us without being asked: stored first, then acknowledged, applied
 * once.
 */
@NullMarked
package org.ampay.payment.callback;

import org.jspecify.annotations.NullMarked;
