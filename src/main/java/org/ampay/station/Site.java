package org.ampay.station;

import java.math.BigDecimal;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A place with stations.
 *
 * @param id 0 for one that is not stored yet
 * @param code unique within the operator, part of the kiosk's address
 * @param country ISO 3166-1 alpha-3, for example {@code CHN}
 * @param published shown to drivers and partners
 */
public record Site(
    long id,
    long operatorId,
    String code,
    String name,
    Address address,
    ZoneId zone,
    boolean published) {

  /** Where it is. */
  public record Address(
      String street,
      String city,
      String postalCode,
      String country,
      @Nullable BigDecimal latitude,
      @Nullable BigDecimal longitude) {}
}
