package org.ampay.web.read;

import org.jspecify.annotations.Nullable;

/**
 * Whose data a query may see.
 *
 * @param operatorId null: everybody's, for the platform only
 */
public record Scope(@Nullable Long operatorId) {

  public static Scope of(long operatorId) {
    return new Scope(operatorId);
  }

  /** Everybody's data. */
  public static Scope all() {
    return new Scope(null);
  }

  public boolean covers(long operator) {
    return operatorId == null || operatorId == operator;
  }
}
