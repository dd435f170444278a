package org.ampay.access;

import org.jspecify.annotations.Nullable;

/**
 * A person or fleet that pays.
 *
 * @param id 0 for one that is not stored yet
 * @param language RFC 5646, for example {@code zh-CN}
 * @param groupId contract or membership group, for tariffs
 */
public record Driver(
    long id,
    long operatorId,
    String name,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String language,
    @Nullable Long groupId) {

  public Driver {
    if (name.isBlank() || name.length() > 100) {
      throw new IllegalArgumentException("name: must have 1 to 100 characters");
    }
    limit("email", email, 200);
    limit("phone", phone, 40);
    limit("language", language, 10);
  }

  private static void limit(String field, @Nullable String value, int most) {
    if (value != null && value.length() > most) {
      throw new IllegalArgumentException(field + ": must have at most " + most + " characters");
    }
  }
}
