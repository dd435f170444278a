package org.ampay.ocpi.location;

import java.util.List;

/**
 * A place that is not as it was.
 *
 * @param place as it is now
 * @param evses those of it that changed
 * @param statusOnly nothing else but their status
 */
record PlaceChange(Place place, List<PlaceEvse> evses, boolean statusOnly) {

  PlaceChange {
    evses = List.copyOf(evses);
  }
}
