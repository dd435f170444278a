/** Small values that every room may use: money, energy, ids, the source of time, mailboxes. */
@NullMarked
package org.ampay.base;

import org.jspecify.annotations.NullMarked;
