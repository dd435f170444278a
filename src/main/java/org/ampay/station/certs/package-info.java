/** Certificates of stations: who trusts which authorities. */
@NullMarked
package org.ampay.station.certs;

import org.jspecify.annotations.NullMarked;
