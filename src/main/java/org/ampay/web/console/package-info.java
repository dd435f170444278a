/** The operators' console: pages made on the server, brought to life by htmx. */
@NullMarked
package org.ampay.web.console;

import org.jspecify.annotations.NullMarked;
