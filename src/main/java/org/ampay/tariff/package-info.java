/** Pure pricing: tariffs, price facts of sessions and the engine between them. No IO, no clock. */
@NullMarked
package org.ampay.tariff;

import org.jspecify.annotations.NullMarked;
