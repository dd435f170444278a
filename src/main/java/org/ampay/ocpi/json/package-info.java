/** How OCPI writes times and numbers, whatever the version. */
@NullMarked
package org.ampay.ocpi.json;

import org.jspecify.annotations.NullMarked;
