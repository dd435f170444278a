@NullMarked
package org.ampay.ocpi.client;

import org.jspecify.annotations.NullMarked;
