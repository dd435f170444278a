/** A second, slow evaluator of prices, and what compares the engine with it. */
@NullMarked
package org.ampay.tariff.proof;

import org.jspecify.annotations.NullMarked;
