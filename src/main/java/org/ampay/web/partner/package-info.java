/** Where partners call us by OCPI. */
@NullMarked
package org.ampay.web.partner;

import org.jspecify.annotations.NullMarked;
