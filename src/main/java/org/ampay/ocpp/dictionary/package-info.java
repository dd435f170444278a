/** The dictionaries of the protocols as data: for forms and for showing messages field by field. */
@NullMarked
package org.ampay.ocpp.dictionary;

import org.jspecify.annotations.NullMarked;
