package org.ampay.ocpi.location;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.Pushes;

/** Tells partners of changed places: a status alone by itself, anything more as a whole. */
public final class LocationPushes {

  private final Partners partners;
  private final Pushes pushes;

  private LocationPushes(Partners partners, Pushes pushes) {
    this.partners = partners;
    this.pushes = pushes;
  }

  /** From now on, partners are told of what changes in the book. */
  public static void connect(PlaceBook book, Partners partners, Pushes pushes) {
    LocationPushes told = new LocationPushes(partners, pushes);
    book.onChange(told::changed);
  }

  /** The key of a location. */
  static String key(long siteId) {
    return Long.toString(siteId);
  }

  /** The key of an EVSE's status. */
  static String key(long siteId, long evseId) {
    return siteId + "/" + evseId;
  }

  private void changed(List<PlaceChange> changes) {
    Map<Long, List<Long>> listeners =
        partners.registered().stream()
            .filter(p -> p.endpoint(ModuleId.LOCATIONS, InterfaceRole.RECEIVER).isPresent())
            .collect(
                Collectors.groupingBy(
                    Partner::operatorId, Collectors.mapping(Partner::id, Collectors.toList())));
    Map<Long, List<PlaceChange>> byOperator =
        changes.stream().collect(Collectors.groupingBy(change -> change.place().operatorId()));
    byOperator.forEach(
        (operator, news) -> {
          List<Long> whom = listeners.getOrDefault(operator, List.of());
          if (!whom.isEmpty()) {
            tell(whom, news);
          }
        });
  }

  private void tell(List<Long> whom, List<PlaceChange> news) {
    List<String> locations = new ArrayList<>();
    List<String> evses = new ArrayList<>();
    for (PlaceChange change : news) {
      if (change.statusOnly() && change.place().shown()) {
        for (PlaceEvse evse : change.evses()) {
          if (!evse.connectors().isEmpty()) {
            evses.add(key(change.place().siteId(), evse.id()));
          }
        }
      } else {
        locations.add(key(change.place().siteId()));
      }
    }
    if (!locations.isEmpty()) {
      pushes.wanted(whom, PushKind.LOCATION, locations);
    }
    if (!evses.isEmpty()) {
      pushes.wanted(whom, PushKind.EVSE, evses);
    }
  }
}
