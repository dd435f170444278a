/** Card terminals of payment services, and what they confirm to have taken for sessions. */
@NullMarked
package org.ampay.ocpi.terminal;

import org.jspecify.annotations.NullMarked;
