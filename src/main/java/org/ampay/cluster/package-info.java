/** Who owns which station; event fan-out. */
@NullMarked
package org.ampay.cluster;

import org.jspecify.annotations.NullMarked;
