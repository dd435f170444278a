/** Past sessions priced with another tariff, before it is published. */
@NullMarked
package org.ampay.billing.simulation;

import org.jspecify.annotations.NullMarked;
