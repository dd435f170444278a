/** Who is connected to hubs that we are connected to. */
@NullMarked
package org.ampay.ocpi.hub;

import org.jspecify.annotations.NullMarked;
