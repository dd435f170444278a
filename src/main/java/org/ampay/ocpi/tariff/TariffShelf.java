package org.ampay.ocpi.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ampay.base.Digests;
import org.ampay.base.TimeSource;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.billing.catalog.TariffVersions;
import org.ampay.billing.catalog.VersionState;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.ocpi.location.EvseStatus;
import org.ampay.ocpi.location.Place;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.location.PlaceEvse;
import org.jspecify.annotations.Nullable;

/**
 * The tariffs that partners see: those that hold at a place that they see, and the planned versions
 * of those. One that holds nowhere any more is taken off.
 */
public final class TariffShelf {

  private final PlaceBook places;
  private final TariffVersions versions;
  private final OcpiTariffs objects;
  private final ShownTariffStore store;
  private final TimeSource time;
  private final Map<ShownTariff.Key, ShownTariff> shown;
  private final List<Change> untold = new ArrayList<>();
  private Consumer<List<Change>> listener = changes -> {};

  /**
   * A tariff that is not as it was.
   *
   * @param concerned partners by id, {@link ShownTariff#ALL} for all without a price of their own
   */
  record Change(ShownTariff.Key key, Set<Long> concerned) {}

  /** Where tariffs hold, and for whom. */
  private record Use(ZoneId zone, Set<Long> seenBy) {}

  public TariffShelf(
      PlaceBook places,
      TariffVersions versions,
      OcpiTariffs objects,
      ShownTariffStore store,
      TimeSource time) {
    this.places = places;
    this.versions = versions;
    this.objects = objects;
    this.store = store;
    this.time = time;
    this.shown = new ConcurrentHashMap<>(store.load());
  }

  /** Is told of changes; set before the first {@link #refresh}. */
  void onChange(Consumer<List<Change>> whom) {
    listener = whom;
  }

  /** What a partner sees of one of our operators, the oldest first. */
  List<ShownTariff> of(Partner partner) {
    Set<String> ids = visible(partner);
    return shown.values().stream()
        .filter(tariff -> tariff.key().operatorId() == partner.operatorId())
        .filter(tariff -> !tariff.seenBy().isEmpty() && ids.contains(tariff.key().id()))
        .sorted(
            Comparator.comparingLong((ShownTariff t) -> t.key().tariffId())
                .thenComparingInt(t -> t.key().version()))
        .toList();
  }

  /** The object as that partner gets it now; empty: it cannot be said any more. */
  Optional<ObjectNode> object(ShownTariff tariff, Partner partner, OcpiVersion version) {
    return find(tariff.key())
        .flatMap(stored -> objects.object(version, stored, zone(tariff.key()), times(stored)))
        .map(
            object -> {
              OcpiTariffs.own(object, partner.ours(), tariff.lastUpdated());
              return object;
            });
  }

  /** Compares what holds with what was told; blocks. By one thread at a time. */
  public synchronized void refresh() {
    Map<ShownTariff.Key, Use> uses = uses();
    List<ShownTariff> changed = new ArrayList<>();
    uses.forEach(
        (key, use) -> {
          ShownTariff old = shown.get(key);
          byte[] fingerprint = fingerprint(key, use.zone());
          if (old == null
              || !Arrays.equals(old.fingerprint(), fingerprint)
              || !old.seenBy().equals(use.seenBy())) {
            changed.add(new ShownTariff(key, fingerprint, use.seenBy(), later(old)));
          }
        });
    for (ShownTariff old : shown.values()) {
      if (!uses.containsKey(old.key()) && !old.seenBy().isEmpty()) {
        changed.add(new ShownTariff(old.key(), old.fingerprint(), Set.of(), later(old)));
      }
    }
    apply(changed);
  }

  private void apply(List<ShownTariff> changed) {
    if (!changed.isEmpty()) {
      store.save(changed);
    }
    for (ShownTariff tariff : changed) {
      ShownTariff old = shown.put(tariff.key(), tariff);
      Set<Long> concerned = new HashSet<>(tariff.seenBy());
      if (old != null) {
        concerned.addAll(old.seenBy());
      }
      untold.add(new Change(tariff.key(), concerned));
    }
    if (!untold.isEmpty()) {
      listener.accept(List.copyOf(untold)); // what fails here is told with the next reading
      untold.clear();
    }
  }

  private Map<ShownTariff.Key, Use> uses() {
    Map<ShownTariff.Key, Use> uses = new HashMap<>();
    Map<Long, Map<String, Use>> byOperator = new TreeMap<>();
    for (Place place : places.shown()) {
      Map<String, Use> ids = byOperator.computeIfAbsent(place.operatorId(), o -> new HashMap<>());
      ZoneId zone = ZoneId.of(place.head().zone());
      for (PlaceEvse evse : place.evses()) {
        if (evse.status() != EvseStatus.REMOVED) {
          evse.tariffs()
              .forEach(
                  (partner, id) ->
                      ids.computeIfAbsent(id, i -> new Use(zone, new HashSet<>()))
                          .seenBy()
                          .add(partner));
        }
      }
    }
    byOperator.forEach((operator, ids) -> ids.forEach((id, use) -> add(uses, operator, id, use)));
    return uses;
  }

  /** The version, and those of the same tariff that are planned. */
  private void add(Map<ShownTariff.Key, Use> uses, long operatorId, String id, Use use) {
    ShownTariff.Key key = key(operatorId, id);
    uses.merge(key, use, TariffShelf::together);
    for (TariffVersion version : versions.of(null, key.tariffId())) {
      if (versions.state(version) == VersionState.PLANNED) {
        ShownTariff.Key planned =
            new ShownTariff.Key(operatorId, key.tariffId(), version.version());
        uses.merge(planned, use, TariffShelf::together);
      }
    }
  }

  private static Use together(Use a, Use b) {
    Set<Long> seenBy = new HashSet<>(a.seenBy());
    seenBy.addAll(b.seenBy());
    return new Use(a.zone(), seenBy);
  }

  private static ShownTariff.Key key(long operatorId, String id) {
    int dash = id.lastIndexOf('-');
    return new ShownTariff.Key(
        operatorId,
        Long.parseLong(id, 0, dash, 10),
        Integer.parseInt(id, dash + 1, id.length(), 10));
  }

  private Set<String> visible(Partner partner) {
    Set<String> ids = new HashSet<>();
    for (Place place : places.shown()) {
      if (place.operatorId() == partner.operatorId()) {
        for (PlaceEvse evse : place.evses()) {
          String id = evse.tariffOf(partner.id());
          if (id != null) {
            ids.add(id);
          }
        }
      }
    }
    Set<String> all = new HashSet<>(ids);
    for (String id : ids) {
      ShownTariff.Key key = key(partner.operatorId(), id);
      for (ShownTariff other : shown.values()) {
        if (other.key().tariffId() == key.tariffId() && other.key().version() > key.version()) {
          all.add(other.key().id());
        }
      }
    }
    return all;
  }

  private byte[] fingerprint(ShownTariff.Key key, ZoneId zone) {
    StringBuilder text = new StringBuilder();
    find(key)
        .ifPresent(
            stored -> {
              for (OcpiVersion version : OcpiVersion.values()) {
                objects
                    .object(version, stored, zone, times(stored))
                    .ifPresent(object -> text.append(OcpiJson.text(object)).append('\n'));
              }
            });
    return Digests.sha256(text.toString());
  }

  private Optional<TariffVersion> find(ShownTariff.Key key) {
    return versions.find(null, key.tariffId(), key.version());
  }

  /** It begins when it was planned to, and ends where the next one begins. */
  private OcpiTariffs.Times times(TariffVersion version) {
    Instant start = later(version.tariff().validity().start(), version.validFrom());
    Instant end = version.tariff().validity().end();
    for (TariffVersion other : versions.of(null, version.tariffId())) {
      VersionState state = versions.state(other);
      boolean follows =
          other.version() > version.version()
              && (state == VersionState.PLANNED || state == VersionState.IN_FORCE);
      if (follows && (end == null || other.from().isBefore(end))) {
        end = other.from();
      }
    }
    boolean ordered = start == null || end == null || start.isBefore(end);
    return new OcpiTariffs.Times(time.now(), start, ordered ? end : null);
  }

  private ZoneId zone(ShownTariff.Key key) {
    for (Place place : places.shown()) {
      if (place.operatorId() == key.operatorId()
          && place.evses().stream().anyMatch(e -> e.tariffs().containsValue(key.id()))) {
        return ZoneId.of(place.head().zone());
      }
    }
    return ZoneOffset.UTC;
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    return a == null || b != null && b.isAfter(a) ? b : a;
  }

  private Instant later(@Nullable ShownTariff old) {
    Instant now = time.now().truncatedTo(ChronoUnit.MILLIS);
    return old == null || now.isAfter(old.lastUpdated()) ? now : old.lastUpdated().plusMillis(1);
  }
}
