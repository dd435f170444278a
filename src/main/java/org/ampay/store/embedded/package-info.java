/**
 * The MariaDB server that runs beside the program: its binaries, its data folder, its life and
 * death. Needs nothing but the JDK, because the build's table generator uses it too.
 */
@NullMarked
package org.ampay.store.embedded;

import org.jspecify.annotations.NullMarked;
