/**
 * What the generated records of every OCPP version share: the checking reader, the writer, the
 * error codes. The records themselves are generated from {@code ocpp-schemas/} into {@code
 * v16.wire} and {@code v201.wire}.
 */
@NullMarked
package org.ampay.ocpp.wire;

import org.jspecify.annotations.NullMarked;
