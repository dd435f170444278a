/** What the versions of OCPI write alike. */
@NullMarked
package org.ampay.ocpi.json;

import org.jspecify.annotations.NullMarked;
