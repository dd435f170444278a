package org.ampay.ocpi.location;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A site of ours as a Location.
 *
 * @param shown published, and nothing that OCPI demands is missing
 * @param everShown partners know it; once true it stays
 * @param evses by id, those that are gone among them
 */
public record Place(
    long siteId,
    long operatorId,
    Head head,
    boolean shown,
    boolean everShown,
    List<PlaceEvse> evses,
    Instant lastUpdated) {

  public Place {
    evses = List.copyOf(evses);
  }

  /**
   * What a location says of itself.
   *
   * @param id of the location
   * @param country ISO 3166 alpha-3
   * @param zone of the IANA
   * @param operator the operator's name
   * @param problems why partners do not see it, or not all of it, for people; names the field
   */
  public record Head(
      String id,
      String name,
      String street,
      String city,
      String postalCode,
      String country,
      @Nullable BigDecimal latitude,
      @Nullable BigDecimal longitude,
      String zone,
      String operator,
      List<String> problems) {

    public Head {
      problems = List.copyOf(problems);
    }

    /** The same, with other problems. */
    Head with(List<String> others) {
      return new Head(
          id, name, street, city, postalCode, country, latitude, longitude, zone, operator, others);
    }
  }

  /** Its EVSE of that uid; empty: never was there, or OCPI has no word for it. */
  public Optional<PlaceEvse> evse(String uid) {
    return evses.stream().filter(evse -> evse.uid().equals(uid)).findFirst();
  }
}
