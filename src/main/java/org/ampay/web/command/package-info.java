/** Commands to stations, kept with who sent them and what came back. */
@NullMarked
package org.ampay.web.command;

import org.jspecify.annotations.NullMarked;
