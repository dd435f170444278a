/**
 * What stations report beside charging: firmware, logs, security events, displays, customers,
 * vendors' messages; and the operations that such reports belong to.
 */
@NullMarked
package org.ampay.station.reports;

import org.jspecify.annotations.NullMarked;
