package org.ampay.ocpi.terminal;

import java.time.Instant;
import java.util.List;

/**
 * A card terminal, for people.
 *
 * @param id as its service writes it
 * @param lastUpdated when the service told it, or we assigned it
 */
public record Terminal(
    long partnerId,
    long operatorId,
    String id,
    Told told,
    List<String> locationIds,
    List<String> evseUids,
    Instant lastUpdated) {

  public Terminal {
    locationIds = List.copyOf(locationIds);
    evseUids = List.copyOf(evseUids);
  }

  /** What its service says of it; empty where it says nothing. */
  public record Told(String reference, String customerReference, String address, String city) {}
}
