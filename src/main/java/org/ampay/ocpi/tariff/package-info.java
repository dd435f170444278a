/**
 * Our prices as partners see them: what OCPI has words for exactly, the rest as text. See {@code
 * docs/ocpi-modules.md}.
 */
@NullMarked
package org.ampay.ocpi.tariff;

import org.jspecify.annotations.NullMarked;
