package org.ampay.ocpi.location;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.PushSource;

/** The status of an EVSE alone: a PATCH of a few bytes. */
public final class EvsePushSource implements PushSource {

  private final PlaceBook book;
  private final LocationForms forms;

  public EvsePushSource(PlaceBook book, LocationForms forms) {
    this.book = book;
    this.forms = forms;
  }

  @Override
  public PushKind kind() {
    return PushKind.EVSE;
  }

  @Override
  public Optional<PartnerRequest> request(Partner partner, String key) {
    int slash = key.indexOf('/');
    long siteId = Long.parseLong(key, 0, slash, 10);
    return LocationPushSource.place(book, partner, siteId)
        .flatMap(
            place ->
                place
                    .evse(key.substring(slash + 1))
                    .flatMap(evse -> request(partner, place, evse)));
  }

  private Optional<PartnerRequest> request(Partner partner, Place place, PlaceEvse evse) {
    if (partner.version() == null) {
      return Optional.empty();
    }
    LocationForm form = forms.of(partner.version());
    if (form.evse(place, evse, partner).isEmpty()) {
      return Optional.empty();
    }
    List<String> path = new ArrayList<>(LocationPushSource.path(partner, place));
    path.add(evse.uid());
    return Optional.of(
        PartnerRequest.toReceiver(ModuleId.LOCATIONS, "PATCH", path, form.status(place, evse)));
  }
}
