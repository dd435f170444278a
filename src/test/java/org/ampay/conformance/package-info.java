/** What the protocols demand, row by row, and the tests that prove it. */
@NullMarked
package org.ampay.conformance;

import org.jspecify.annotations.NullMarked;
