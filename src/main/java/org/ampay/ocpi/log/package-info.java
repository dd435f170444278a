/** Every call of partners and to partners, for people. */
@NullMarked
package org.ampay.ocpi.log;

import org.jspecify.annotations.NullMarked;
