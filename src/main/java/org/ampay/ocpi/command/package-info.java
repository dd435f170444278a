/** What partners command at our stations, and how they hear what came of it. */
@NullMarked
package org.ampay.ocpi.command;

import org.jspecify.annotations.NullMarked;
