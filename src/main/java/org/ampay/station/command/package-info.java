/** Commands to stations: their history, and the queue for stations that are offline. */
@NullMarked
package org.ampay.station.command;

import org.jspecify.annotations.NullMarked;
