package org.ampay.ocpi.location;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.ocpi.json.OcpiJson;

/** Locations, sender interface: all our places, one place, one EVSE, one connector. */
public final class LocationsModule implements OcpiModule {

  private static final int MAX_DEPTH = 3;

  private final PlaceBook book;
  private final LocationForms forms;

  public LocationsModule(PlaceBook book, LocationForms forms) {
    this.book = book;
    this.forms = forms;
  }

  @Override
  public ModuleId id() {
    return ModuleId.LOCATIONS;
  }

  @Override
  public InterfaceRole role() {
    return InterfaceRole.SENDER;
  }

  @Override
  public Set<OcpiVersion> versions() {
    return EnumSet.allOf(OcpiVersion.class);
  }

  @Override
  public OcpiAnswer handle(PartnerCall call) {
    if (!call.method().equals("GET")) {
      throw new OcpiProblem(405, OcpiStatus.CLIENT_ERROR, "locations of ours can only be read");
    }
    return call.path().isEmpty() ? page(call) : OcpiAnswer.ok(one(call));
  }

  private OcpiAnswer page(PartnerCall call) {
    PageQuery query = call.page();
    Partner partner = call.partner();
    LocationForm form = forms.of(call.version());
    List<Place> all =
        book.of(partner.operatorId()).stream().filter(place -> isIn(place, query)).toList();
    List<String> items =
        all.stream()
            .skip(query.offset())
            .limit(query.limit())
            .map(place -> OcpiJson.text(form.location(place, partner)))
            .toList();
    return new OcpiAnswer.Page(items, all.size());
  }

  private static boolean isIn(Place place, PageQuery query) {
    return (query.from() == null || !place.lastUpdated().isBefore(query.from()))
        && (query.to() == null || place.lastUpdated().isBefore(query.to()));
  }

  private ObjectNode one(PartnerCall call) {
    List<String> path = call.path();
    LocationForm form = forms.of(call.version());
    Partner partner = call.partner();
    if (path.size() > MAX_DEPTH) {
      throw unknown("path");
    }
    Place place =
        book.byId(partner.operatorId(), path.getFirst()).orElseThrow(() -> unknown("location"));
    if (path.size() == 1) {
      return form.location(place, partner);
    }
    PlaceEvse evse = place.evse(path.get(1)).orElseThrow(() -> unknown("EVSE"));
    if (path.size() == 2) {
      return form.evse(place, evse, partner).orElseThrow(() -> unknown("EVSE"));
    }
    return Optional.ofNullable(evse.connector(path.get(2)))
        .flatMap(connector -> form.connector(evse, connector, partner))
        .orElseThrow(() -> unknown("connector"));
  }

  private static OcpiProblem unknown(String what) {
    return OcpiProblem.notFound(OcpiStatus.UNKNOWN_LOCATION, "there is no such " + what);
  }
}
