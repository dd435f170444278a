/**
 * Certificates of stations: our own authority, signing, roots to install, revocation, OCSP,
 * contract certificates, and who trusts which authorities.
 */
@NullMarked
package org.ampay.station.certs;

import org.jspecify.annotations.NullMarked;
