/** Messages of OCPP for people: names of fields, what is wrong, field by field. */
@NullMarked
package org.ampay.web.message;

import org.jspecify.annotations.NullMarked;
