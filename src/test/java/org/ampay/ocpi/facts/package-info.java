/** Each kind of violation is found. */
@NullMarked
package org.ampay.ocpi.facts;

import org.jspecify.annotations.NullMarked;
