/** Stored tariffs: versions, where they hold, and the snapshots frozen into sessions. */
@NullMarked
package org.ampay.billing.catalog;

import org.jspecify.annotations.NullMarked;
