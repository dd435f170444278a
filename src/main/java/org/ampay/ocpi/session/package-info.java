/** Sessions for partners: what runs, what it costs so far, and how it ended. */
@NullMarked
package org.ampay.ocpi.session;

import org.jspecify.annotations.NullMarked;
