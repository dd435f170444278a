/** Telling partners what is new, each at the pace of its own. */
@NullMarked
package org.ampay.ocpi.push;

import org.jspecify.annotations.NullMarked;
