/**
 * The pages behind the code of an EVSE: what it costs, paying, charging, what was taken and given
 * back. For a driver with a phone; nobody signs in here.
 */
@NullMarked
package org.ampay.web.driver;

import org.jspecify.annotations.NullMarked;
