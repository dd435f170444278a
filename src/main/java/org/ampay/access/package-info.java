/** Tokens, drivers, authorization decisions. */
@NullMarked
package org.ampay.access;

import org.jspecify.annotations.NullMarked;
