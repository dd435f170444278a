/** The partner of our own: two of them talk to each other. */
@NullMarked
package org.ampay.app.partner;

import org.jspecify.annotations.NullMarked;
