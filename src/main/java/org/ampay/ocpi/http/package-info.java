/** How partners' requests come in: tokens, envelopes, pages, errors. */
@NullMarked
package org.ampay.ocpi.http;

import org.jspecify.annotations.NullMarked;
