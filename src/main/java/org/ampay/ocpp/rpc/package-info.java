/** OCPP-J framing: frames, message ids and the calls that wait for an answer. */
@NullMarked
package org.ampay.ocpp.rpc;

import org.jspecify.annotations.NullMarked;
