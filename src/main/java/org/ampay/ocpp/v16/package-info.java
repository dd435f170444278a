/** The edge of OCPP 1.6: its wire records to version-neutral commands, and answers back. */
@NullMarked
package org.ampay.ocpp.v16;

import org.jspecify.annotations.NullMarked;
