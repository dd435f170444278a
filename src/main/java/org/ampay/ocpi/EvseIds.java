package org.ampay.ocpi;

import java.util.Locale;

/** The eMI3 ids of our EVSEs, the same in locations, sessions and CDRs. */
public final class EvseIds {

  private static final int MOST = 48;

  private EvseIds() {}

  /**
   * {@code CC*PARTY*E…} of the station's identity; with our id behind it where characters had to be
   * changed, because then two stations might be the same.
   *
   * @param id ours of the EVSE
   */
  public static String of(PartyRef ours, String identity, int evseNo, long id) {
    String start = ours.countryCode() + "*" + ours.partyId() + "*E";
    String plain = identity.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    String whole = start + plain + "*" + evseNo + (plain.equals(identity) ? "" : "*" + id);
    return whole.length() <= MOST ? whole : start + id;
  }
}
