package org.ampay.web.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who uses the console.
 *
 * @param operatorId null: the whole platform
 * @param language {@code zh-CN} or {@code en}; empty: what the browser asks for
 */
public record ConsoleUser(
    long id,
    @Nullable Long operatorId,
    String email,
    Role role,
    String language,
    boolean disabled,
    Instant createdAt) {

  public Caller caller() {
    return new Caller(id, person(email), person(email), role, operatorId);
  }

  /** As the audit log names a person. */
  static String person(String email) {
    return "user:" + email;
  }
}
