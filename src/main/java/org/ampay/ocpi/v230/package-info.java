/** Objects as OCPI 2.3.0 writes them. */
@NullMarked
package org.ampay.ocpi.v230;

import org.jspecify.annotations.NullMarked;
