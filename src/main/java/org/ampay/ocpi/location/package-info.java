/**
 * Our places as partners see them: each site a Location, with the live status of its EVSEs.
 * Everything is answered from memory; what was told is stored, so that {@code last_updated} never
 * goes back.
 */
@NullMarked
package org.ampay.ocpi.location;

import org.jspecify.annotations.NullMarked;
