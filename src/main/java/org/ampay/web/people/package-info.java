/** People and keys: roles, sign-in, sessions of the console, API keys. */
@NullMarked
package org.ampay.web.people;

import org.jspecify.annotations.NullMarked;
