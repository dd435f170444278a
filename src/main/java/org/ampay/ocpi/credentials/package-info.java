/** The handshake, in both directions. */
@NullMarked
package org.ampay.ocpi.credentials;

import org.jspecify.annotations.NullMarked;
