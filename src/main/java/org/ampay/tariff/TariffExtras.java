package org.ampay.tariff;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tariff has beyond OCPI.
 *
 * @param calendarId a stored calendar; at most one of this and {@code calendar}
 * @param calendar the calendar itself; a tariff needs it to be priced by tiers
 * @param negativePrices whether price components may be negative
 */
public record TariffExtras(
    @Nullable Long calendarId,
    @Nullable TariffCalendar calendar,
    @Nullable Occupancy occupancy,
    @Nullable MinimumSession minimumSession,
    List<Ceiling> ceilings,
    boolean negativePrices) {

  public static final TariffExtras NONE =
      new TariffExtras(null, null, null, null, List.of(), false);

  public TariffExtras {
    ceilings = List.copyOf(ceilings);
    Checks.require(calendarId == null || calendarId > 0, "calendar_id", "must be positive");
    Checks.require(
        calendarId == null || calendar == null,
        "calendar_id",
        "only one of calendar_id and calendar");
    Set<Price.Cost> capped = EnumSet.noneOf(Price.Cost.class);
    if (occupancy != null && occupancy.maxPrice() != null) {
      capped.add(Price.Cost.OCCUPANCY);
    }
    for (int i = 0; i < ceilings.size(); i++) {
      Checks.require(
          capped.add(ceilings.get(i).cost()),
          "ceilings[" + i + "].dimension",
          "has a ceiling already");
    }
    Checks.require(
        negativePrices || occupancy == null || occupancy.price().signum() >= 0,
        "occupancy.price",
        Tariff.NEGATIVE);
  }

  /** Whether there is a calendar, here or stored. */
  public boolean hasCalendar() {
    return calendarId != null || calendar != null;
  }

  /** The ceilings, with that of occupancy. */
  List<Ceiling> allCeilings() {
    if (occupancy == null || occupancy.maxPrice() == null) {
      return ceilings;
    }
    List<Ceiling> all = new ArrayList<>(ceilings);
    all.add(new Ceiling(LineDimension.OCCUPANCY, occupancy.maxPrice()));
    return all;
  }

  TariffExtras withCalendar(TariffCalendar known) {
    return new TariffExtras(null, known, occupancy, minimumSession, ceilings, negativePrices);
  }
}
