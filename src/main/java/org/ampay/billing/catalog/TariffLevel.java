package org.ampay.billing.catalog;

import java.util.Locale;

/** What a tariff may be assigned to, the most specific first: that order is the precedence. */
public enum TariffLevel {
  /** One driver's contract. */
  DRIVER,
  /** Whoever comes with a token of one roaming partner: its wholesale prices. */
  PARTNER,
  /** Drivers of a contract or membership. */
  GROUP,
  STATION,
  SITE,
  OPERATOR,
  PLATFORM;

  /** As in the database and the API: {@code station}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static TariffLevel ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
