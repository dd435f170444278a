/**
 * A partner of our own: the system of an eMSP (or of a payment terminal provider) that speaks OCPI
 * over real sockets and checks all that it gets as the pickiest of them does. It uses the facts of
 * the specification and none of the modules that it talks to.
 */
@NullMarked
package org.ampay.app.partner;

import org.jspecify.annotations.NullMarked;
