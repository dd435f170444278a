package org.ampay.access;

import java.util.Locale;

/**
 * What is known of a group of tokens besides its members.
 *
 * @param token groupIdToken / parentIdTag, 1 to 36 characters
 * @param masterPass its tokens stop sessions and start none (C16)
 */
public record TokenGroup(long operatorId, String token, boolean masterPass) {

  public TokenGroup {
    if (token.isBlank() || token.length() > 36) {
      throw new IllegalArgumentException("group: must have 1 to 36 characters");
    }
  }

  /** By this groups are compared: without case. */
  public String key() {
    return token.toLowerCase(Locale.ROOT);
  }
}
