package org.ampay.ocpi;

import org.jspecify.annotations.Nullable;

/**
 * The two tokens of a connection, in the clear: never logged, never shown but once.
 *
 * @param ours what the partner calls us with; null: nothing is valid
 * @param theirs what we call the partner with; null: it told none yet
 */
public record PartnerTokens(@Nullable String ours, @Nullable String theirs) {

  @Override
  public String toString() {
    return "PartnerTokens[…]";
  }
}
