/** What drivers get off their bills: membership tiers, coupons, campaigns, points. */
@NullMarked
package org.ampay.billing.promotion;

import org.jspecify.annotations.NullMarked;
