/**
 * The contract of OCPI: a partner over real sockets walks through all that it may ask and gets all
 * that it must be told, of sessions that stations ran over OCPP; what it gets is compared with the
 * facts of the specification and with our own API.
 */
@NullMarked
package org.ampay.ocpi.contract;

import org.jspecify.annotations.NullMarked;
