package org.ampay.ocpi.location;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.Optional;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.cdr.RoamingPlace;
import org.ampay.ocpi.cdr.RoamingPlaces;
import org.ampay.station.EvseRef;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * The places of sessions and CDRs, word for word as the Locations module tells them, also those of
 * stations that are gone.
 */
public final class RecordPlaces implements RoamingPlaces {

  private static final int COORDINATE_DIGITS = 6;

  private final PlaceBook book;
  private final RoamingPlaces others;

  /**
   * @param others knows what is too new for the book, or has no connector that OCPI has a word for
   */
  public RecordPlaces(PlaceBook book, RoamingPlaces others) {
    this.book = book;
    this.others = others;
  }

  @Override
  public Optional<RoamingPlace> of(Tx tx, PartyRef ours, long stationId, EvseRef evse) {
    return book.find(stationId, evse)
        .flatMap(RecordPlaces::place)
        .or(() -> others.of(tx, ours, stationId, evse));
  }

  private static Optional<RoamingPlace> place(PlaceBook.Found found) {
    PlaceConnector connector = found.connector();
    if (connector == null) {
      return Optional.empty();
    }
    Place.Head head = found.place().head();
    return Optional.of(
        new RoamingPlace(
            new RoamingPlace.Address(
                head.id(),
                head.name(),
                head.street(),
                head.city(),
                head.postalCode(),
                null,
                head.country()),
            new RoamingPlace.Outlet(
                found.evse().uid(),
                found.evse().evseId(),
                connector.id(),
                connector.standard(),
                connector.format(),
                connector.powerType()),
            coordinate(head.latitude()),
            coordinate(head.longitude()),
            ZoneId.of(head.zone())));
  }

  private static @Nullable String coordinate(@Nullable BigDecimal degrees) {
    return degrees == null
        ? null
        : degrees.setScale(COORDINATE_DIGITS, RoundingMode.HALF_UP).toPlainString();
  }
}
