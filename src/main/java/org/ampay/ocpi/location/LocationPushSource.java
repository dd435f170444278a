package org.ampay.ocpi.location;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.PushSource;

/** Whole locations, as they are when they are sent. */
public final class LocationPushSource implements PushSource {

  private final PlaceBook book;
  private final LocationForms forms;

  public LocationPushSource(PlaceBook book, LocationForms forms) {
    this.book = book;
    this.forms = forms;
  }

  @Override
  public PushKind kind() {
    return PushKind.LOCATION;
  }

  @Override
  public List<String> keys(Partner partner, Instant since) {
    return book.of(partner.operatorId()).stream()
        .map(place -> LocationPushes.key(place.siteId()))
        .toList();
  }

  @Override
  public Optional<PartnerRequest> request(Partner partner, String key) {
    return place(book, partner, Long.parseLong(key))
        .flatMap(
            place ->
                Optional.ofNullable(partner.version())
                    .map(
                        version ->
                            PartnerRequest.toReceiver(
                                ModuleId.LOCATIONS,
                                "PUT",
                                path(partner, place),
                                forms.of(version).location(place, partner))));
  }

  static Optional<Place> place(PlaceBook book, Partner partner, long siteId) {
    return book.bySite(siteId)
        .filter(place -> place.operatorId() == partner.operatorId() && place.everShown());
  }

  static List<String> path(Partner partner, Place place) {
    return List.of(partner.ours().countryCode(), partner.ours().partyId(), place.head().id());
  }
}
