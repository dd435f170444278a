/** The commands of {@code bin/ampay}. */
@NullMarked
package org.ampay.app.command;

import org.jspecify.annotations.NullMarked;
