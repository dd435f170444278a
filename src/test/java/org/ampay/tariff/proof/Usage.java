package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ampay.tariff.Dimension;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.Occupancy;
import org.ampay.tariff.PriceComponent;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/** How much of what a session used, by the price that held for it, and what the steps add. */
final class Usage {

  private static final Ratio WH = Ratio.of(1000);
  private static final Ratio SECONDS = Ratio.of(3600);

  /** A price and what it is for. */
  record Priced(LineDimension kind, Lookup.Place place) {}

  private final TariffSnapshot snapshot;
  private final Map<Priced, Ratio> volumes = new LinkedHashMap<>();
  private final List<Priced> order = new ArrayList<>();
  private boolean sessionFlat;
  private boolean reservationFlat;

  private Usage(TariffSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** kWh, hours or 1 to be paid for, by price; nothing that is 0. */
  static Map<Priced, Ratio> of(TariffSnapshot snapshot, List<Piece> pieces) {
    Usage usage = new Usage(snapshot);
    pieces.forEach(usage::use);
    usage.roundUp(Set.of(LineDimension.ENERGY), WH);
    usage.roundUp(Set.of(LineDimension.SERVICE), WH);
    usage.roundUp(Set.of(LineDimension.OCCUPANCY), SECONDS);
    usage.roundUp(Set.of(LineDimension.TIME, LineDimension.PARKING_TIME), SECONDS);
    usage.roundUp(Set.of(LineDimension.RESERVATION_TIME), SECONDS);
    return usage.volumes;
  }

  /** What stands there. */
  record Rate(BigDecimal price, @Nullable BigDecimal vat, int stepSize) {}

  static Rate rate(TariffSnapshot snapshot, Lookup.Place place) {
    Tariff tariff = snapshot.tariffs().get(place.tariff());
    if (place.isOccupancy()) {
      Occupancy occupancy = Objects.requireNonNull(tariff.extras().occupancy());
      return new Rate(occupancy.price(), occupancy.vat(), occupancy.stepSize());
    }
    PriceComponent component =
        tariff.elements().get(place.element()).components().get(place.component());
    return new Rate(component.price(), component.vat(), component.stepSize());
  }

  private void use(Piece piece) {
    if (piece.isReservation() ? !reservationFlat : !sessionFlat) {
      boolean due = book(LineDimension.FLAT, Lookup.find(piece, Dimension.FLAT), Ratio.ONE);
      reservationFlat |= due && piece.isReservation();
      sessionFlat |= due && !piece.isReservation();
    }
    if (piece.isReservation()) {
      book(LineDimension.RESERVATION_TIME, Lookup.find(piece, Dimension.TIME), piece.hours());
    } else if (piece.segment().state() == SegmentState.CHARGING) {
      book(LineDimension.TIME, Lookup.find(piece, Dimension.TIME), piece.hours());
    } else {
      book(LineDimension.PARKING_TIME, Lookup.find(piece, Dimension.PARKING_TIME), piece.hours());
    }
    book(LineDimension.ENERGY, Lookup.find(piece, Dimension.ENERGY), piece.kwh());
    book(LineDimension.SERVICE, Lookup.find(piece, Dimension.SERVICE), piece.kwh());
    if (isOccupied(piece)) {
      book(LineDimension.OCCUPANCY, Lookup.Place.ofOccupancy(piece), piece.hours());
    }
  }

  /** Parking, after the grace, and in no window that is exempt. */
  private static boolean isOccupied(Piece piece) {
    Occupancy occupancy = piece.terms().extras().occupancy();
    return occupancy != null
        && piece.isParking()
        && piece.parked().isAtLeast(Ratio.of(occupancy.graceSeconds()))
        && occupancy.exempt().stream().noneMatch(w -> Lookup.matches(w, piece.local()));
  }

  private boolean book(LineDimension kind, Lookup.@Nullable Place place, Ratio volume) {
    if (place == null) {
      return false;
    }
    if (volume.sign() > 0) {
      Priced priced = new Priced(kind, place);
      volumes.merge(priced, volume, Ratio::plus);
      order.add(priced);
    }
    return true;
  }

  /** The kind that was priced last is rounded up, at the price that was the last. */
  private void roundUp(Set<LineDimension> kinds, Ratio unit) {
    Priced last =
        order.reversed().stream().filter(p -> kinds.contains(p.kind())).findFirst().orElse(null);
    if (last == null) {
      return;
    }
    int size = rate(snapshot, last.place()).stepSize();
    if (size == 0) {
      return;
    }
    Ratio all =
        volumes.entrySet().stream()
            .filter(e -> e.getKey().kind() == last.kind())
            .map(Map.Entry::getValue)
            .reduce(Ratio.ZERO, Ratio::plus);
    Ratio step = Ratio.of(size);
    Ratio billed = all.times(unit).over(step).ceiling().times(step).over(unit);
    volumes.merge(last, billed.minus(all), Ratio::plus);
  }
}
