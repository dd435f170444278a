/**
 * Trying a tariff out before it is published: on past sessions, and on one that a person thinks up.
 */
@NullMarked
package org.ampay.web.simulation;

import org.jspecify.annotations.NullMarked;
