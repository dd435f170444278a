/** Who has a share in the price of sessions: payees, contracts, and the shares of each bill. */
@NullMarked
package org.ampay.billing.share;

import org.jspecify.annotations.NullMarked;
