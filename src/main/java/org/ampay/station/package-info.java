/** Inventory, state of EVSEs and connectors, the outgoing command port. */
@NullMarked
package org.ampay.station;

import org.jspecify.annotations.NullMarked;
