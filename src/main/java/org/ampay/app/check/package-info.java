/** The checks of the {@code audit} command: every invariant of money and sessions. */
@NullMarked
package org.ampay.app.check;

import org.jspecify.annotations.NullMarked;
