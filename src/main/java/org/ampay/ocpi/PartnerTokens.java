package org.ampay.ocpi;

import org.jspecify.annotations.Nullable;

/**
 * The two tokens of a connection, in the clear: never logged, never shown but once.
 *
 * @param ours what the partner calls us with; null: nothing is valid
 * @param theirs what we call the partner with; null: it told none yet
 * @param coming what we told the partner in a handshake of ours that it has not answered: good
 *     besides {@code ours} until then; null: there is none, or it is not to be told again
 */
public record PartnerTokens(
    @Nullable String ours, @Nullable String theirs, @Nullable String coming) {

  public PartnerTokens(@Nullable String ours, @Nullable String theirs) {
    this(ours, theirs, null);
  }

  @Override
  public String toString() {
    return "PartnerTokens[…]";
  }
}
