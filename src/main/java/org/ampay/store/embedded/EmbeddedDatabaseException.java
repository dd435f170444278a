package org.ampay.store.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded database cannot be used; the message says what to do about it. */
public final class EmbeddedDatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmbeddedDatabaseException(String message) {
    super(message);
  }

  public EmbeddedDatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
