package org.ampay.web.partner;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.ampay.ocpi.PartyRef;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Reads what somebody says of a partner; what is wrong is told with the field's name. */
public final class PartyInput {

  /** The roles that a partner may be invited in, as they are written. */
  public static final String ROLES = "EMSP, HUB, NSP, NAP, PTP or OTHER";

  /** How long addresses are at most. */
  public static final int MOST_URL = 255;

  /** How long a token is at most. */
  public static final int MOST_TOKEN = 64;

  private PartyInput() {}

  /** The role of a partner. */
  public static String role(@Nullable String text) {
    return matching("role", text, "EMSP|HUB|NSP|NAP|PTP|OTHER");
  }

  /** Who a partner is. */
  public static PartyRef party(@Nullable String countryCode, @Nullable String partyId) {
    return new PartyRef(
        matching("country_code", countryCode, "[A-Za-z]{2}").toUpperCase(Locale.ROOT),
        matching("party_id", partyId, "[A-Za-z0-9*]{3}").toUpperCase(Locale.ROOT));
  }

  public static String name(@Nullable String text) {
    String name = matching("name", text, ".*\\S.*");
    if (name.length() > 100) {
      throw new InvalidInputException("name", "has more than 100 characters");
    }
    return name;
  }

  /** A partner's invitation of us. */
  public static String tokenA(@Nullable String text) {
    return matching("token_a", text, "[!-~]{1," + MOST_TOKEN + "}");
  }

  /** Where a partner lists its versions; empty when nothing is said. */
  public static Optional<URI> versionsUrl(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(text);
      if (text.length() <= MOST_URL
          && url.getHost() != null
          && String.valueOf(url.getScheme()).matches("https?")) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("versions_url", "is no http address");
    }
    throw new InvalidInputException("versions_url", "is no http address");
  }

  private static String matching(String field, @Nullable String text, String pattern) {
    if (text == null || !text.matches(pattern)) {
      throw new InvalidInputException(
          field, text == null || text.isEmpty() ? "is missing" : "is not valid");
    }
    return text;
  }
}
