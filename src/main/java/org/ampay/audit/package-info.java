/** Hash-chained log of what people and keys did. */
@NullMarked
package org.ampay.audit;

import org.jspecify.annotations.NullMarked;
