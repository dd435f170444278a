package org.ampay.ocpi.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.location.EvseStatus;
import org.ampay.ocpi.location.LocationForm;
import org.ampay.ocpi.location.Place;
import org.ampay.ocpi.location.PlaceConnector;
import org.ampay.ocpi.location.PlaceEvse;
import org.jspecify.annotations.Nullable;

/** Locations, EVSEs and connectors as 2.2.1 and 2.3.0 write them alike. */
public final class LocationJson implements LocationForm {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** OCPI wants 5 to 7 digits behind the point. */
  private static final int COORDINATE_DIGITS = 6;

  private static final int MAX_POSTAL_CODE = 10;

  private final Function<String, Optional<String>> standards;

  /**
   * @param standards the version's ConnectorType for one of 2.3.0; empty: it has none
   */
  public LocationJson(Function<String, Optional<String>> standards) {
    this.standards = standards;
  }

  @Override
  public ObjectNode location(Place place, Partner partner) {
    Place.Head head = place.head();
    ObjectNode node = NODES.objectNode();
    node.put("country_code", partner.ours().countryCode());
    node.put("party_id", partner.ours().partyId());
    node.put("id", head.id());
    node.put("publish", place.shown());
    if (!head.name().isBlank()) {
      node.put("name", head.name());
    }
    node.put("address", head.street());
    node.put("city", head.city());
    if (!head.postalCode().isBlank() && head.postalCode().length() <= MAX_POSTAL_CODE) {
      node.put("postal_code", head.postalCode());
    }
    node.put("country", head.country());
    ObjectNode coordinates = node.putObject("coordinates");
    coordinates.put("latitude", coordinate(head.latitude()));
    coordinates.put("longitude", coordinate(head.longitude()));
    ArrayNode evses = NODES.arrayNode();
    place.evses().forEach(evse -> evse(place, evse, partner).ifPresent(evses::add));
    if (!evses.isEmpty()) {
      node.set("evses", evses);
    }
    if (!head.operator().isBlank()) {
      node.putObject("operator").put("name", head.operator());
    }
    node.put("time_zone", head.zone());
    node.putObject("opening_times").put("twentyfourseven", true);
    node.put("last_updated", time(place.lastUpdated()));
    return node;
  }

  @Override
  public Optional<ObjectNode> evse(Place place, PlaceEvse evse, Partner partner) {
    ArrayNode connectors = NODES.arrayNode();
    evse.connectors().forEach(one -> connector(evse, one, partner).ifPresent(connectors::add));
    if (connectors.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode node = NODES.objectNode();
    node.put("uid", evse.uid());
    node.put("evse_id", evse.evseId());
    node.put("status", told(place, evse));
    ArrayNode capabilities = node.putArray("capabilities");
    evse.capabilities().forEach(capabilities::add);
    node.set("connectors", connectors);
    if (evse.reference() != null) {
      node.put("physical_reference", evse.reference());
    }
    node.put("last_updated", time(updated(place, evse)));
    return Optional.of(node);
  }

  @Override
  public Optional<ObjectNode> connector(PlaceEvse evse, PlaceConnector connector, Partner partner) {
    return standards
        .apply(connector.standard())
        .map(standard -> connector(evse, connector, standard, partner));
  }

  private static ObjectNode connector(
      PlaceEvse evse, PlaceConnector connector, String standard, Partner partner) {
    ObjectNode node = NODES.objectNode();
    node.put("id", connector.id());
    node.put("standard", standard);
    node.put("format", connector.format());
    node.put("power_type", connector.powerType());
    node.put("max_voltage", connector.voltage());
    node.put("max_amperage", connector.amperage());
    if (connector.powerW() > 0) {
      node.put("max_electric_power", connector.powerW());
    }
    String tariff = evse.tariffOf(partner.id());
    if (tariff != null) {
      node.putArray("tariff_ids").add(tariff);
    }
    node.put("last_updated", time(connector.lastUpdated()));
    return node;
  }

  @Override
  public ObjectNode status(Place place, PlaceEvse evse) {
    ObjectNode node = NODES.objectNode();
    node.put("status", told(place, evse));
    node.put("last_updated", time(updated(place, evse)));
    return node;
  }

  /** What is not shown any more is gone for partners, though it may still charge. */
  private static String told(Place place, PlaceEvse evse) {
    return (place.shown() ? evse.status() : EvseStatus.REMOVED).name();
  }

  private static Instant updated(Place place, PlaceEvse evse) {
    return place.shown() ? evse.lastUpdated() : place.lastUpdated();
  }

  private static @Nullable String coordinate(@Nullable BigDecimal degrees) {
    return degrees == null
        ? null
        : degrees.setScale(COORDINATE_DIGITS, RoundingMode.HALF_UP).toPlainString();
  }

  private static String time(Instant at) {
    return OcpiTime.write(at);
  }
}
