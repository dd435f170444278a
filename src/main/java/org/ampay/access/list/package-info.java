/** Local authorization lists: what belongs on a station, what it holds, how it gets there. */
@NullMarked
package org.ampay.access.list;

import org.jspecify.annotations.NullMarked;
