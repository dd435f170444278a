package org.ampay.ocpi.location;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ampay.base.TimeSource;
import org.ampay.station.EvseRef;
import org.jspecify.annotations.Nullable;

/**
 * All places, in memory, as partners see them. A reading compares the inventory with what was told
 * before, stores what changed in one transaction and then tells it on. One thread reads at a time;
 * everybody may ask.
 */
public final class PlaceBook {

  /** The device models are large, and what a station is able to do changes seldom. */
  private static final Duration FEATURES_KEPT = Duration.ofMinutes(5);

  private final InventoryReadStore inventory;
  private final PlaceStore store;
  private final PlaceTariffs tariffs;
  private final TimeSource time;
  private final Map<Long, Place> places;
  private final Map<Spot, PlaceEvse> spots = new ConcurrentHashMap<>();
  private final Map<Long, Long> siteOfEvse = new ConcurrentHashMap<>();
  private final List<PlaceChange> untold = new ArrayList<>();
  private Map<Long, RawPlace.Site> sites = Map.of();
  private Map<Long, Set<String>> features = Map.of();
  private Instant featuresAt = Instant.MIN;
  private Consumer<List<PlaceChange>> listener = changes -> {};

  /** Where a station has an EVSE. */
  private record Spot(long stationId, int evseNo) {}

  /** An EVSE of ours with the location that it is in. */
  public record Found(Place place, PlaceEvse evse, @Nullable PlaceConnector connector) {}

  /** Begins with what was told before this process started. */
  public PlaceBook(
      InventoryReadStore inventory, PlaceStore store, PlaceTariffs tariffs, TimeSource time) {
    this.inventory = inventory;
    this.store = store;
    this.tariffs = tariffs;
    this.time = time;
    this.places = new ConcurrentHashMap<>(store.load());
    places.values().forEach(this::index);
  }

  /** Is told of what partners have not been told yet; set before the first reading. */
  void onChange(Consumer<List<PlaceChange>> whom) {
    listener = whom;
  }

  /** The operator's places that partners know, oldest first: an order that never changes. */
  public List<Place> of(long operatorId) {
    return all(operatorId).stream().filter(Place::everShown).toList();
  }

  /** The places that partners may use, of all operators, oldest first. */
  public List<Place> shown() {
    return places.values().stream()
        .filter(Place::shown)
        .sorted(Comparator.comparingLong(Place::siteId))
        .toList();
  }

  /** All places of the operator, also those that partners do not see, oldest first. */
  public List<Place> all(long operatorId) {
    return places.values().stream()
        .filter(place -> place.operatorId() == operatorId)
        .sorted(Comparator.comparingLong(Place::siteId))
        .toList();
  }

  /** The place of a site, seen by partners or not. */
  public Optional<Place> bySite(long siteId) {
    return Optional.ofNullable(places.get(siteId));
  }

  /** A place that partners know, by its location's id; compared without case. */
  public Optional<Place> byId(long operatorId, String locationId) {
    return of(operatorId).stream()
        .filter(place -> place.head().id().equalsIgnoreCase(locationId))
        .findFirst();
  }

  /**
   * Where a station's EVSE is, seen by partners or not, also after it was deleted.
   *
   * @param at connector 0: the station did not say which; then the only one or the first
   */
  public Optional<Found> find(long stationId, EvseRef at) {
    PlaceEvse evse = spots.get(new Spot(stationId, at.evseNo()));
    if (evse == null) {
      return Optional.empty();
    }
    Place place = places.get(siteOfEvse.get(evse.id()));
    PlaceConnector connector = evse.connector(Integer.toString(at.connectorNo()));
    if (connector == null && !evse.connectors().isEmpty()) {
      connector = evse.connectors().getFirst();
    }
    return place == null ? Optional.empty() : Optional.of(new Found(place, evse, connector));
  }

  /** Finds the station and EVSE that partners mean by their ids; empty: not ours, or gone. */
  public Optional<Found> find(long operatorId, String locationId, String evseUid) {
    return byId(operatorId, locationId)
        .flatMap(
            place ->
                place
                    .evse(evseUid)
                    .filter(evse -> !evse.isRemoved())
                    .map(evse -> new Found(place, evse, null)));
  }

  /** Changes whenever the inventory or the tariffs were written. */
  String revision() {
    return inventory.revision();
  }

  /** Reads everything anew. */
  public synchronized void refresh() {
    Instant now = now();
    readFeatures(now);
    Map<Long, List<RawPlace.Station>> stations = new HashMap<>();
    inventory
        .stations(null)
        .forEach(s -> stations.computeIfAbsent(s.siteId(), id -> new ArrayList<>()).add(s));
    Map<Long, RawPlace.Site> found = new HashMap<>();
    Map<Long, Set<String>> taken = takenIds();
    List<PlaceChange> changes = new ArrayList<>();
    for (RawPlace.Site site : inventory.sites()) {
      found.put(site.id(), site);
      List<RawPlace.Station> here = stations.getOrDefault(site.id(), List.of());
      Place old = places.get(site.id());
      String id =
          old != null
              ? old.head().id()
              : PlaceMaker.locationId(
                  site, taken.computeIfAbsent(site.operatorId(), o -> new HashSet<>()));
      Place fresh = place(site, head(site, id, here, old), here, now);
      PlaceMerge.of(old, fresh, evse -> true, now).ifPresent(changes::add);
    }
    for (Place left : places.values()) {
      if (!found.containsKey(left.siteId())) {
        gone(left, now).ifPresent(changes::add);
      }
    }
    sites = found;
    apply(changes);
  }

  /**
   * Reads some stations anew.
   *
   * @return those without a connection that partners are not told of yet, with the moment at which
   *     they will be
   */
  synchronized Map<Long, Instant> refresh(Collection<Long> stationIds) {
    Instant now = now();
    Map<Long, Instant> later = new HashMap<>();
    Map<Long, List<RawPlace.Station>> bySite = new HashMap<>();
    for (RawPlace.Station station : inventory.stations(stationIds)) {
      bySite.computeIfAbsent(station.siteId(), id -> new ArrayList<>()).add(station);
      Instant gone = PlaceMaker.goneSince(station);
      if (gone != null && !PlaceMaker.isAway(station, now)) {
        later.put(station.id(), gone.plus(PlaceMaker.PATIENCE));
      }
    }
    Set<Long> read = Set.copyOf(stationIds);
    List<PlaceChange> changes = new ArrayList<>();
    bySite.forEach(
        (siteId, stations) -> {
          RawPlace.Site site = sites.get(siteId);
          Place old = places.get(siteId);
          if (site != null && old != null) { // else the next full reading has it
            Place fresh = place(site, old.head(), stations, now);
            PlaceMerge.of(old, fresh, evse -> read.contains(evse.stationId()), now)
                .ifPresent(changes::add);
          }
        });
    apply(changes);
    return later;
  }

  /** One that partners know keeps what they were told while something mandatory is missing. */
  private static Place.Head head(
      RawPlace.Site site, String id, List<RawPlace.Station> here, @Nullable Place old) {
    Place.Head fresh = PlaceMaker.head(site, id, here);
    return old != null && old.everShown() && !PlaceMaker.isComplete(site)
        ? old.head().with(fresh.problems())
        : fresh;
  }

  private void readFeatures(Instant now) {
    if (featuresAt.equals(Instant.MIN) || !now.isBefore(featuresAt.plus(FEATURES_KEPT))) {
      features = inventory.features();
      featuresAt = now;
    }
  }

  private Map<Long, Set<String>> takenIds() {
    Map<Long, Set<String>> taken = new HashMap<>();
    places
        .values()
        .forEach(
            place ->
                taken
                    .computeIfAbsent(place.operatorId(), o -> new HashSet<>())
                    .add(place.head().id().toLowerCase(Locale.ROOT)));
    return taken;
  }

  private Place place(
      RawPlace.Site site, Place.Head head, List<RawPlace.Station> stations, Instant now) {
    List<PlaceEvse> evses = new ArrayList<>();
    for (RawPlace.Station station : stations) {
      Map<Long, String> ids = tariffs.ids(PlaceMaker.spot(site, station));
      for (RawPlace.Evse evse : station.evses()) {
        Set<String> able = features.getOrDefault(station.id(), Set.of());
        evses.add(PlaceMaker.evse(site, station, evse, able, ids, now));
      }
    }
    boolean shown = site.published() && PlaceMaker.isComplete(site);
    return new Place(site.id(), site.operatorId(), head, shown, shown, evses, now);
  }

  /** A site that is no more: nothing to use there, but partners may still ask for it. */
  private static Optional<PlaceChange> gone(Place left, Instant now) {
    Place empty =
        new Place(left.siteId(), left.operatorId(), left.head(), false, false, List.of(), now);
    return PlaceMerge.of(left, empty, evse -> true, now);
  }

  private void apply(List<PlaceChange> changes) {
    if (!changes.isEmpty()) {
      store.save(changes);
    }
    for (PlaceChange change : changes) {
      Place old = places.put(change.place().siteId(), change.place());
      index(change.place());
      boolean told = old != null && old.lastUpdated().equals(change.place().lastUpdated());
      if (!told && change.place().everShown()) {
        untold.add(change);
      }
    }
    if (!untold.isEmpty()) {
      listener.accept(List.copyOf(untold)); // what fails here is told with the next reading
      untold.clear();
    }
  }

  private void index(Place place) {
    for (PlaceEvse evse : place.evses()) {
      Spot spot = new Spot(evse.stationId(), evse.evseNo());
      PlaceEvse known = spots.get(spot);
      // One that moved is REMOVED where it was: the living one says where it is.
      if (known == null || !evse.isRemoved() || known.isRemoved() || isHere(known, place)) {
        spots.put(spot, evse);
        siteOfEvse.put(evse.id(), place.siteId());
      }
    }
  }

  private boolean isHere(PlaceEvse evse, Place place) {
    Long site = siteOfEvse.get(evse.id());
    return site != null && site == place.siteId();
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
