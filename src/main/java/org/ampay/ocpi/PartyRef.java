package org.ampay.ocpi;

import java.util.Locale;

/**
 * A party: {@code country_code} and {@code party_id}, upper case, because they compare without
 * case.
 *
 * @param countryCode ISO 3166 alpha-2
 * @param partyId three characters
 */
public record PartyRef(String countryCode, String partyId) {

  public PartyRef {
    countryCode = countryCode.toUpperCase(Locale.ROOT);
    partyId = partyId.toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return countryCode + "*" + partyId;
  }
}
