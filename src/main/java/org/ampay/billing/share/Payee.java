package org.ampay.billing.share;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Who has shares in an operator's bills.
 *
 * @param active may be named in new contracts
 */
public record Payee(
    long id, long operatorId, String name, Kind kind, boolean active, Instant createdAt) {

  private static final int MAX_NAME_CHARS = 100;

  /** What it is. */
  public enum Kind {
    SITE_OWNER,
    AGENT,
    PLATFORM,
    OTHER;

    /** As stored and told: {@code site_owner}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a code; empty: there is none. */
    public static Optional<Kind> ofCode(String code) {
      for (Kind kind : values()) {
        if (kind.code().equals(code)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  public Payee {
    name = name.strip();
    if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
      throw new ContractException("name", "1 to " + MAX_NAME_CHARS + " characters");
    }
  }
}
