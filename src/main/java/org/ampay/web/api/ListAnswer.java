package org.ampay.web.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page; null at the end
 */
record ListAnswer<T>(List<T> items, @Nullable String next) {}
