/**
 * What the specification says of every object, read from facts files: for checking what is sent and
 * received. No module's code is used here.
 */
@NullMarked
package org.ampay.ocpi.facts;

import org.jspecify.annotations.NullMarked;
