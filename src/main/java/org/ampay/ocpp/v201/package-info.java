/** The edge of OCPP 2.0.1: its wire records to version-neutral commands, and answers back. */
@NullMarked
package org.ampay.ocpp.v201;

import org.jspecify.annotations.NullMarked;
