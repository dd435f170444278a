/** The JSON API: its route table, its rules, its calls. */
@NullMarked
package org.ampay.web.api;

import org.jspecify.annotations.NullMarked;
