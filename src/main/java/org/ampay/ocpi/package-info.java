/**
 * OCPI: partners, and what is ours and theirs. Versions live at the edge, in their own packages.
 */
@NullMarked
package org.ampay.ocpi;

import org.jspecify.annotations.NullMarked;
