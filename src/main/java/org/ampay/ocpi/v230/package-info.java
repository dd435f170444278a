/** OCPI 2.3.0 at the edge: JSON of that version to and from what all versions share. */
@NullMarked
package org.ampay.ocpi.v230;

import org.jspecify.annotations.NullMarked;
