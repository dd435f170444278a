/** Partners' tokens, and whose sessions are theirs. */
@NullMarked
package org.ampay.ocpi.token;

import org.jspecify.annotations.NullMarked;
