/** Charging profiles that partners set for sessions of their drivers. */
@NullMarked
package org.ampay.ocpi.profile;

import org.jspecify.annotations.NullMarked;
