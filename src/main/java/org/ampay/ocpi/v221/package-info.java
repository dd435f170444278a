/** Objects as OCPI 2.2.1 writes them. */
@NullMarked
package org.ampay.ocpi.v221;

import org.jspecify.annotations.NullMarked;
