/**
 * The door for stations: Netty, handshake, limits, one channel a connection, outgoing commands, the
 * message log. The only importer of {@code io.netty}.
 */
@NullMarked
package org.ampay.gateway;

import org.jspecify.annotations.NullMarked;
