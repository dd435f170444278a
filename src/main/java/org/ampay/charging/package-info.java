/** The session lifecycle: facts of stations in, decisions and writes out. */
@NullMarked
package org.ampay.charging;

import org.jspecify.annotations.NullMarked;
