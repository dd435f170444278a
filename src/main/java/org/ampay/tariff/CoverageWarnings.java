package org.ampay.tariff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.tariff.TariffWarnings.Code;
import org.ampay.tariff.TariffWarnings.Found;
import org.jspecify.annotations.Nullable;

/** Where elements match: never, behind others, beside others, nowhere. */
final class CoverageWarnings {

  /** The parts of a session; each looks at elements of its own. */
  enum Phase {
    SESSION,
    RESERVATION,
    EXPIRED;

    boolean has(@Nullable ReservationKind kind) {
      return switch (this) {
        case SESSION -> kind == null;
        case RESERVATION -> kind == ReservationKind.RESERVATION;
        case EXPIRED -> kind != null;
      };
    }
  }

  /** A component in the row of those of its dimension. */
  private record Candidate(int element, int component, BitSet matches) {

    String path() {
      return TariffWarnings.path(element, component);
    }
  }

  private final Tariff tariff;
  private final Found found;
  private final Occasions occasions;
  private final OccasionText text;
  private final List<BitSet> matches = new ArrayList<>();

  CoverageWarnings(Tariff tariff, Found found) {
    this.tariff = tariff;
    this.found = found;
    this.occasions = new Occasions(tariff);
    this.text = new OccasionText(occasions, tariff);
    tariff.elements().forEach(e -> matches.add(occasions.matching(tariff, e.restrictions())));
  }

  void check() {
    tiers();
    for (int e = 0; e < matches.size(); e++) {
      if (matches.get(e).isEmpty()) {
        found.warn(Code.NEVER_MATCHES, TariffWarnings.path(e) + ".restrictions");
      } else {
        components(e);
      }
    }
    gap(Dimension.ENERGY);
    gap(Dimension.SERVICE);
    occupancy();
  }

  private void tiers() {
    TariffCalendar calendar = tariff.extras().calendar();
    if (calendar == null || !tariff.usesTiers()) {
      return;
    }
    Set<TouTier> known = EnumSet.noneOf(TouTier.class);
    occasions.stretches().forEach(stretch -> known.add(calendar.tierAt(stretch.start())));
    for (int e = 0; e < tariff.elements().size(); e++) {
      Set<TouTier> wanted = tariff.elements().get(e).restrictions().calendarTiers();
      String missing =
          wanted.stream()
              .filter(tier -> !known.contains(tier))
              .map(Enum::name)
              .collect(Collectors.joining(", "));
      if (!missing.isEmpty()) {
        found.warn(
            Code.TIER_NOT_IN_CALENDAR,
            TariffWarnings.path(e) + ".restrictions.calendar_tiers",
            missing);
      }
    }
  }

  private void components(int e) {
    TariffElement element = tariff.elements().get(e);
    Set<Dimension> own = EnumSet.noneOf(Dimension.class);
    for (int c = 0; c < element.components().size(); c++) {
      Dimension type = element.components().get(c).type();
      String path = TariffWarnings.path(e, c);
      boolean reserved = element.restrictions().reservation() != null;
      if (reserved && type != Dimension.FLAT && type != Dimension.TIME) {
        found.warn(Code.RESERVATION, path, type.name());
      } else if (!own.add(type)) {
        found.warn(Code.TWICE, path, type.name());
      } else {
        order(new Candidate(e, c, matches.get(e)), type);
      }
    }
  }

  /** Whether a component is hidden in every phase that it has, or overlaps in one. */
  private void order(Candidate one, Dimension type) {
    ReservationKind kind = tariff.elements().get(one.element()).restrictions().reservation();
    Candidate hiding = null;
    for (Phase phase : Phase.values()) {
      if (phase.has(kind)) {
        List<Candidate> earlier = earlier(phase, type, one.element());
        BitSet left = (BitSet) one.matches().clone();
        earlier.forEach(other -> left.andNot(other.matches()));
        if (!left.isEmpty()) {
          if (phase == Phase.SESSION) {
            overlap(one, earlier);
          }
          return;
        }
        hiding =
            earlier.stream()
                .filter(o -> o.matches().intersects(one.matches()))
                .findFirst()
                .orElse(null);
      }
    }
    if (hiding != null) {
      found.warn(Code.HIDDEN, one.path(), hiding.path());
    }
  }

  /** A special case before the general one is how tariffs are made: only a part is a doubt. */
  private void overlap(Candidate one, List<Candidate> earlier) {
    BitSet left = (BitSet) one.matches().clone();
    for (Candidate other : earlier) {
      BitSet both = (BitSet) left.clone();
      both.and(other.matches());
      BitSet alone = (BitSet) other.matches().clone();
      alone.andNot(one.matches());
      if (!both.isEmpty() && !alone.isEmpty() && price(one).compareTo(price(other)) != 0) {
        found.warn(Code.OVERLAP, one.path(), other.path(), text.of(both));
        return;
      }
      left.andNot(other.matches());
    }
  }

  private java.math.BigDecimal price(Candidate one) {
    return tariff.elements().get(one.element()).components().get(one.component()).price();
  }

  /** The first component of a dimension in each element before this one. */
  private List<Candidate> earlier(Phase phase, Dimension type, int before) {
    List<Candidate> all = new ArrayList<>();
    for (int e = 0; e < before; e++) {
      TariffElement element = tariff.elements().get(e);
      if (phase.has(element.restrictions().reservation())) {
        int c = indexOf(element, type);
        if (c >= 0) {
          all.add(new Candidate(e, c, matches.get(e)));
        }
      }
    }
    return all;
  }

  private static int indexOf(TariffElement element, Dimension type) {
    for (int c = 0; c < element.components().size(); c++) {
      if (element.components().get(c).type() == type) {
        return c;
      }
    }
    return -1;
  }

  /** Energy that costs nothing at some time is usually a hole in the calendar. */
  private void gap(Dimension type) {
    List<Candidate> priced = earlier(Phase.SESSION, type, matches.size());
    if (priced.isEmpty()) {
      return;
    }
    BitSet free = occasions.all();
    priced.forEach(one -> free.andNot(one.matches()));
    // Whoever pays by time there does not charge for nothing.
    earlier(Phase.SESSION, Dimension.TIME, matches.size()).stream()
        .filter(one -> price(one).signum() > 0)
        .forEach(one -> free.andNot(one.matches()));
    if (!free.isEmpty()) {
      found.warn(Code.GAP, "elements", type.name(), text.of(free));
    }
  }

  private void occupancy() {
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy != null
        && !occupancy.exempt().isEmpty()
        && occasions.stretches().stream()
            .allMatch(at -> occupancy.exempt().stream().anyMatch(w -> Occasions.covers(w, at)))) {
      found.warn(Code.NEVER_OCCUPIED, "occupancy.exempt");
    }
  }
}
