/** Reservations: asked of stations, remembered, used, ended. */
@NullMarked
package org.ampay.access.reservation;

import org.jspecify.annotations.NullMarked;
