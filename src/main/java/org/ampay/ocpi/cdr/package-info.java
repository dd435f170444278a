/**
 * CDRs for partners: made of bills, checked, re-priced from what the partner sees, and handed out
 * in pages that cost the same wherever they begin.
 */
@NullMarked
package org.ampay.ocpi.cdr;

import org.jspecify.annotations.NullMarked;
