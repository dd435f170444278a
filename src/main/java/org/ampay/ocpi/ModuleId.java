package org.ampay.ocpi;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The modules that we know; others of a partner are kept by their text only. */
public enum ModuleId {
  CREDENTIALS,
  LOCATIONS,
  SESSIONS,
  CDRS,
  TARIFFS,
  TOKENS,
  COMMANDS,
  CHARGINGPROFILES,
  HUBCLIENTINFO,
  /** 2.3.0 only. */
  PAYMENTS,
  /** 2.3.0 only. */
  INVOICERECONCILIATION;

  /** As in endpoints: {@code chargingprofiles}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The module of that text; empty: none that we know. */
  public static Optional<ModuleId> of(String wire) {
    return Arrays.stream(values()).filter(module -> module.wire().equals(wire)).findFirst();
  }
}
