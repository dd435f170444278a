/** What stations are and have: admission, device model, configuration, events, monitors. */
@NullMarked
package org.ampay.station.device;

import org.jspecify.annotations.NullMarked;
