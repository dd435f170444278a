/** Double entry: accounts, journals, postings, balances. The only place where money moves. */
@NullMarked
package org.ampay.ledger;

import org.jspecify.annotations.NullMarked;
