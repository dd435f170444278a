/** The project's own performance figures. */
@NullMarked
package org.ampay.app.bench;

import org.jspecify.annotations.NullMarked;
