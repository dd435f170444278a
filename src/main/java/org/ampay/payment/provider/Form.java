package org.ampay.payment.provider;

import java.util.Locale;

/** How a payer meets a provider. */
public enum Form {
  /** A text to show as a QR code. */
  QR,
  /** A page of the provider, which sends the payer back to ours. */
  REDIRECT,
  /** JSON for the script of the app that our page is open in. */
  IN_APP;

  /** As stored: {@code in_app}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The form of a stored code. */
  public static Form ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
