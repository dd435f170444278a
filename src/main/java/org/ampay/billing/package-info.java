/** Bills and CDRs: what finished sessions cost, immutable, exact to the minor unit. */
@NullMarked
package org.ampay.billing;

import org.jspecify.annotations.NullMarked;
