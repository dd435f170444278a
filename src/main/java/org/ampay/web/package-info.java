/** The console, the JSON API, sign-in and roles. */
@NullMarked
package org.ampay.web;

import org.jspecify.annotations.NullMarked;
