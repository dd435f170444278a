/** TLS for stations: the server's certificates, who is let in, what is negotiated. */
@NullMarked
package org.ampay.gateway.tls;

import org.jspecify.annotations.NullMarked;
