/** Charging profiles, limits from outside, and the schedules that EVs ask for. */
@NullMarked
package org.ampay.power;

import org.jspecify.annotations.NullMarked;
