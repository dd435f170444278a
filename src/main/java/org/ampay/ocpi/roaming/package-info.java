/** What roaming partners owe: statements, monthly invoices, payments. */
@NullMarked
package org.ampay.ocpi.roaming;

import org.jspecify.annotations.NullMarked;
