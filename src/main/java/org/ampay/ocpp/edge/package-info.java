/** What the edges of all OCPP versions share: a station's CALL in, its answer out. */
@NullMarked
package org.ampay.ocpp.edge;

import org.jspecify.annotations.NullMarked;
