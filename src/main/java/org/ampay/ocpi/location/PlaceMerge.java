package org.ampay.ocpi.location;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares a place with what was told before and moves {@code last_updated} of what changed, and of
 * what holds it: connector, EVSE, location. What did not change keeps its time; no time goes back,
 * whatever the clock does.
 */
final class PlaceMerge {

  private final Instant now;
  private final List<PlaceEvse> changed = new ArrayList<>();
  private boolean statusOnly = true;

  private PlaceMerge(Instant now) {
    this.now = now;
  }

  /**
   * The change; empty: none.
   *
   * @param old as told before; null: never
   * @param fresh its EVSEs may be some of all
   * @param covered whether an old EVSE that is not in {@code fresh} is gone
   */
  static Optional<PlaceChange> of(
      @Nullable Place old, Place fresh, Predicate<PlaceEvse> covered, Instant now) {
    return new PlaceMerge(now).merge(old, fresh, covered);
  }

  private Optional<PlaceChange> merge(
      @Nullable Place old, Place fresh, Predicate<PlaceEvse> covered) {
    List<PlaceEvse> evses = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (PlaceEvse evse : fresh.evses()) {
      seen.add(evse.id());
      evses.add(evse(old == null ? null : find(old, evse.id()), evse));
    }
    for (PlaceEvse left : old == null ? List.<PlaceEvse>of() : old.evses()) {
      if (!seen.contains(left.id())) {
        evses.add(covered.test(left) ? gone(left) : left);
      }
    }
    evses.sort(Comparator.comparingLong(PlaceEvse::id));
    boolean everShown = fresh.shown() || old != null && old.everShown();
    boolean same =
        old != null && old.shown() == fresh.shown() && told(old.head()).equals(told(fresh.head()));
    if (same && changed.isEmpty()) {
      // Only what people are told may differ: that is no change for partners.
      return old.head().equals(fresh.head())
          ? Optional.empty()
          : Optional.of(change(old, fresh, evses, everShown, old.lastUpdated()));
    }
    statusOnly &= same;
    Instant updated = later(old == null ? null : old.lastUpdated());
    return Optional.of(change(old, fresh, evses, everShown, updated));
  }

  private PlaceChange change(
      @Nullable Place old, Place fresh, List<PlaceEvse> evses, boolean everShown, Instant updated) {
    Instant newest = updated;
    for (PlaceEvse evse : changed) {
      newest = evse.lastUpdated().isAfter(newest) ? evse.lastUpdated() : newest;
    }
    return new PlaceChange(
        new Place(
            fresh.siteId(),
            fresh.operatorId(),
            fresh.head(),
            fresh.shown(),
            everShown,
            evses,
            newest),
        changed,
        old != null && statusOnly);
  }

  private PlaceEvse evse(@Nullable PlaceEvse old, PlaceEvse fresh) {
    if (old == null) {
      statusOnly = false;
      return noted(
          fresh.with(
              fresh.status(), fresh.connectors().stream().map(c -> c.at(now)).toList(), now));
    }
    boolean tariffsMoved = !old.tariffs().equals(fresh.tariffs());
    List<PlaceConnector> connectors = new ArrayList<>();
    for (PlaceConnector connector : fresh.connectors()) {
      PlaceConnector before = old.connector(connector.id());
      boolean kept =
          before != null && !tariffsMoved && before.equals(connector.at(before.lastUpdated()));
      connectors.add(
          kept ? before : connector.at(later(before == null ? null : before.lastUpdated())));
    }
    PlaceEvse merged = fresh.with(fresh.status(), connectors, old.lastUpdated());
    if (merged.equals(old)) {
      return old;
    }
    statusOnly &= merged.with(old.status(), connectors, old.lastUpdated()).equals(old);
    Instant updated = later(old.lastUpdated());
    for (PlaceConnector connector : connectors) {
      updated = connector.lastUpdated().isAfter(updated) ? connector.lastUpdated() : updated;
    }
    return noted(merged.at(updated));
  }

  private PlaceEvse gone(PlaceEvse evse) {
    return evse.isRemoved() ? evse : noted(evse.removed(later(evse.lastUpdated())));
  }

  private PlaceEvse noted(PlaceEvse evse) {
    changed.add(evse);
    return evse;
  }

  private Instant later(@Nullable Instant before) {
    return before == null || now.isAfter(before) ? now : before.plusMillis(1);
  }

  private static @Nullable PlaceEvse find(Place place, long evseId) {
    for (PlaceEvse evse : place.evses()) {
      if (evse.id() == evseId) {
        return evse;
      }
    }
    return null;
  }

  private static Place.Head told(Place.Head head) {
    return head.with(List.of());
  }
}
