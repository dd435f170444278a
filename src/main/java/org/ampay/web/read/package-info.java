/** Read models of the API and the pages; every query is scoped by operator. */
@NullMarked
package org.ampay.web.read;

import org.jspecify.annotations.NullMarked;
