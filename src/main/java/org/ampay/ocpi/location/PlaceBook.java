package org.ampay.ocpi.location;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All places, in memory, as partners see them. A reading compares the inventory with what was told
 * before, stores what changed in one transaction and then tells it on. One thread reads at a time;
 * everybody may ask.
 */
public final class PlaceBook {

  /** The device models are large, and what a station is able to do changes seldom. */
  private static final Duration FEATURES_KEPT = Duration.ofMinutes(5);

  /** Sites and stations that are read at once. */
  private static final int PART = 500;

  /** Sites that may be bad before it must be something else. */
  private static final int MANY = 10;

  private static final Logger LOG = LoggerFactory.getLogger(PlaceBook.class);

  private final InventoryReadStore inventory;
  private final PlaceStore store;
  private final PlaceTariffs tariffs;
  private final TimeSource time;
  private final Map<Long, Place> places;
  private final Map<Spot, PlaceEvse> spots = new ConcurrentHashMap<>();
  private final Map<Long, Long> siteOfEvse = new ConcurrentHashMap<>();
  private final List<PlaceChange> untold = new ArrayList<>();
  private Map<Long, RawPlace.Site> sites = Map.of();
  private final Map<Long, Set<String>> features = new ConcurrentHashMap<>();
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
  public void refresh() {
    refresh(() -> {});
  }

  /**
   * Reads everything anew, some sites at a time: whoever asks or tells of a status need not wait
   * for all of it. What cannot be read or stored of one site spoils no other.
   *
   * @param between runs before each part; may call {@link #refresh(Collection)}
   */
  void refresh(Runnable between) {
    Reading reading = begin();
    for (List<RawPlace.Site> some : parts(reading)) {
      between.run();
      part(some, reading);
    }
    between.run();
    end(reading);
  }

  /**
   * A reading of everything.
   *
   * @param stations the stations' ids by site
   * @param taken ids of locations by operator, in lower case
   * @param failed sites that could not be read
   */
  private record Reading(
      Map<Long, RawPlace.Site> sites,
      Map<Long, List<Long>> stations,
      Map<Long, Set<String>> taken,
      boolean features,
      Set<Long> failed) {}

  private synchronized Reading begin() {
    Instant now = now();
    boolean due = featuresAt.equals(Instant.MIN) || !now.isBefore(featuresAt.plus(FEATURES_KEPT));
    if (due) {
      featuresAt = now;
    }
    Map<Long, RawPlace.Site> found = new LinkedHashMap<>();
    inventory.sites().forEach(site -> found.put(site.id(), site));
    sites = Map.copyOf(found);
    return new Reading(found, inventory.stationIds(), takenIds(), due, new HashSet<>());
  }

  private static List<List<RawPlace.Site>> parts(Reading reading) {
    List<List<RawPlace.Site>> parts = new ArrayList<>();
    List<RawPlace.Site> part = new ArrayList<>();
    int size = 0;
    for (RawPlace.Site site : reading.sites().values()) {
      part.add(site);
      size += 1 + reading.stations().getOrDefault(site.id(), List.of()).size();
      if (size >= PART) {
        parts.add(part);
        part = new ArrayList<>();
        size = 0;
      }
    }
    parts.add(part);
    return parts;
  }

  private void part(List<RawPlace.Site> some, Reading reading) {
    try {
      read(some, reading);
    } catch (RuntimeException e) {
      if (some.size() > 1) {
        some.forEach(site -> part(List.of(site), reading));
        return;
      }
      LOG.warn("site {} cannot be told to partners", some.getFirst().code(), e);
      reading.failed().add(some.getFirst().id());
      if (reading.failed().size() > MANY) {
        throw e; // not the sites are bad
      }
    }
  }

  private synchronized void read(List<RawPlace.Site> some, Reading reading) {
    Instant now = now();
    Set<Long> ids = new HashSet<>();
    some.forEach(site -> ids.addAll(reading.stations().getOrDefault(site.id(), List.of())));
    if (reading.features()) {
      ids.forEach(features::remove);
      features.putAll(inventory.features(ids));
    }
    Map<Long, List<RawPlace.Station>> stations = new HashMap<>();
    for (RawPlace.Station station : inventory.stations(ids)) {
      stations.computeIfAbsent(station.siteId(), id -> new ArrayList<>()).add(station);
    }
    List<PlaceChange> changes = new ArrayList<>();
    for (RawPlace.Site site : some) {
      List<RawPlace.Station> here = stations.getOrDefault(site.id(), List.of());
      Place old = places.get(site.id());
      String id =
          old != null
              ? old.head().id()
              : PlaceMaker.locationId(
                  site, reading.taken().computeIfAbsent(site.operatorId(), o -> new HashSet<>()));
      Place fresh = place(site, head(site, id, here, old), here, now);
      PlaceMerge.of(old, fresh, evse -> true, now).ifPresent(changes::add);
    }
    apply(changes);
  }

  private synchronized void end(Reading reading) {
    Instant now = now();
    List<PlaceChange> changes = new ArrayList<>();
    for (Place left : places.values()) {
      if (!reading.sites().containsKey(left.siteId())) {
        gone(left, now).ifPresent(changes::add);
      }
    }
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
