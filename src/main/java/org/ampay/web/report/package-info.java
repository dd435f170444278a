/** Firmware, logs, displays and customers as people and keys ask for them; files by HTTP. */
@NullMarked
package org.ampay.web.report;

import org.jspecify.annotations.NullMarked;
