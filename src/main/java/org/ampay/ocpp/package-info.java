/**
 * The protocols: framing ({@code rpc}), shared parts of the readers ({@code wire}), one room a
 * version.
 */
@NullMarked
package org.ampay.ocpp;

import org.jspecify.annotations.NullMarked;
