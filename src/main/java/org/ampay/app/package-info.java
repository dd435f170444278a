/** Main, commands, settings, wiring by hand, the real clock and the real threads. */
@NullMarked
package org.ampay.app;

import org.jspecify.annotations.NullMarked;
