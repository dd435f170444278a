package org.ampay.ocpi.push;

import java.util.Locale;

/** What partners are told of by themselves. */
public enum PushKind {
  /** Key: our site's id. */
  LOCATION,
  /** Key: site id {@code /} EVSE id: its status. */
  EVSE,
  /** Key: our tariff's id, and what its {@link PushSource} adds. */
  TARIFF,
  /** Key: our session's id. */
  SESSION,
  /** Key: the CDR's id. */
  CDR;

  /** As stored and shown. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
