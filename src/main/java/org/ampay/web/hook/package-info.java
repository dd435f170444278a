/** Where payment providers call us back. */
@NullMarked
package org.ampay.web.hook;

import org.jspecify.annotations.NullMarked;
