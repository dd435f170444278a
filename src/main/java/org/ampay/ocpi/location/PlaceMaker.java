package org.ampay.ocpi.location;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.ampay.ocpi.EvseIds;
import org.ampay.ocpi.PartyRef;
import org.jspecify.annotations.Nullable;

/** Says what a site and its stations are in OCPI. Pure; times of change are not its concern. */
final class PlaceMaker {

  /** A connection that comes back within it was never gone for partners. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int MAX_ID = 36;
  private static final int MAX_CITY = 45;
  private static final int MAX_REFERENCE = 16;
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]+");
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{3}");

  /** Kept, as asking for them copies them all. */
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private static final BigDecimal NORTH = BigDecimal.valueOf(90);
  private static final BigDecimal EAST = BigDecimal.valueOf(180);

  private PlaceMaker() {}

  /** The id of a location: its code where partners can use that, else made of our id. */
  static String locationId(RawPlace.Site site, Set<String> taken) {
    String code = site.code();
    boolean usable = code.length() <= MAX_ID && PRINTABLE.matcher(code).matches();
    // CiString: two that differ in case only are one.
    return usable && taken.add(code.toLowerCase(Locale.ROOT)) ? code : "S" + site.id();
  }

  static Place.Head head(RawPlace.Site site, String id, List<RawPlace.Station> stations) {
    List<String> problems = problems(site);
    for (RawPlace.Station station : stations) {
      for (RawPlace.Evse evse : station.evses()) {
        if (evse.connectors().stream().noneMatch(c -> Standards.isKnown(c.standard()))) {
          problems.add(
              "evse "
                  + station.identity()
                  + "/"
                  + evse.evseNo()
                  + ": no connector with a standard");
        }
      }
    }
    return new Place.Head(
        id,
        site.name(),
        site.street(),
        site.city().length() <= MAX_CITY ? site.city() : site.city().substring(0, MAX_CITY),
        site.postalCode(),
        site.country(),
        site.latitude(),
        site.longitude(),
        site.zone(),
        site.operator().name(),
        problems);
  }

  /** Whether OCPI has all that it demands of the location itself. */
  static boolean isComplete(RawPlace.Site site) {
    return problems(site).isEmpty();
  }

  private static List<String> problems(RawPlace.Site site) {
    List<String> problems = new ArrayList<>();
    if (site.latitude() == null || site.longitude() == null) {
      problems.add("coordinates: missing");
    } else if (site.latitude().abs().compareTo(NORTH) > 0
        || site.longitude().abs().compareTo(EAST) > 0) {
      problems.add("coordinates: not on earth");
    }
    if (site.street().isBlank()) {
      problems.add("address: missing");
    }
    if (site.city().isBlank()) {
      problems.add("city: missing");
    }
    if (!COUNTRY.matcher(site.country()).matches()) {
      problems.add("country: must be ISO 3166 alpha-3");
    }
    if (!isZone(site.zone())) {
      problems.add("time_zone: must be one of the IANA, like Europe/Berlin");
    }
    return problems;
  }

  static PlaceTariffs.Spot spot(RawPlace.Site site, RawPlace.Station station) {
    return new PlaceTariffs.Spot(
        site.operatorId(),
        site.id(),
        station.id(),
        site.operator().currency(),
        isZone(site.zone()) ? ZoneId.of(site.zone()) : ZoneOffset.UTC);
  }

  private static boolean isZone(String zone) {
    try {
      return ZoneId.of(zone).getId().matches("[A-Za-z].*") && ZONES.contains(zone);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** What an EVSE is now; its times are not set. */
  static PlaceEvse evse(
      RawPlace.Site site,
      RawPlace.Station station,
      RawPlace.Evse evse,
      Set<String> features,
      Map<Long, String> tariffs,
      Instant now) {
    List<PlaceConnector> connectors = new ArrayList<>();
    for (RawPlace.Connector connector : evse.connectors()) {
      if (Standards.isKnown(connector.standard())) {
        connectors.add(connector(site, evse, connector));
      }
    }
    return new PlaceEvse(
        evse.id(),
        station.id(),
        evse.evseNo(),
        EvseIds.of(
            new PartyRef(site.operator().countryCode(), site.operator().partyId()),
            station.identity(),
            evse.evseNo(),
            evse.id()),
        status(station, evse, now),
        capabilities(station, connectors.size(), features),
        reference(station),
        connectors,
        tariffs,
        Instant.EPOCH);
  }

  private static PlaceConnector connector(
      RawPlace.Site site, RawPlace.Evse evse, RawPlace.Connector connector) {
    String standard = connector.standard();
    boolean direct = ConnectorShape.isDirect(standard, evse.direct());
    int amperage =
        ConnectorShape.amperage(standard, direct, site.country(), evse.phases(), evse.maxPowerW());
    return new PlaceConnector(
        Integer.toString(connector.connectorNo()),
        standard,
        ConnectorShape.format(standard, direct, amperage),
        ConnectorShape.powerType(direct, evse.phases()),
        ConnectorShape.voltage(standard, direct, site.country()),
        amperage,
        evse.maxPowerW(),
        Instant.EPOCH);
  }

  private static @Nullable String reference(RawPlace.Station station) {
    String name = station.name().strip();
    return name.isEmpty() || name.length() > MAX_REFERENCE ? null : name;
  }

  static EvseStatus status(RawPlace.Station station, RawPlace.Evse evse, Instant now) {
    Instant connected = station.connectedAt();
    if (connected == null) {
      return EvseStatus.PLANNED; // it has never been there
    }
    if (isAway(station, now)) {
      return EvseStatus.UNKNOWN;
    }
    Set<EvseStatus> connectors = new HashSet<>();
    evse.connectors().forEach(c -> connectors.add(EvseStatus.ofConnector(c.status())));
    EvseStatus own = EvseStatus.together(connectors);
    if (own == EvseStatus.CHARGING) {
      return own;
    }
    if (!station.registration().equals("accepted")) {
      return EvseStatus.INOPERATIVE;
    }
    EvseStatus whole =
        EvseStatus.ofConnector(Objects.requireNonNullElse(station.ownStatus(), "Available"));
    return switch (whole) {
      case INOPERATIVE, OUTOFORDER -> whole;
      case AVAILABLE, BLOCKED, CHARGING, PLANNED, REMOVED, RESERVED, UNKNOWN -> own;
    };
  }

  /** Whether it has been without a connection for longer than our patience. */
  static boolean isAway(RawPlace.Station station, Instant now) {
    Instant gone = goneSince(station);
    return gone != null && !now.isBefore(gone.plus(PATIENCE));
  }

  /** Since when it has no connection; null: it has one, or never had. */
  static @Nullable Instant goneSince(RawPlace.Station station) {
    Instant connected = station.connectedAt();
    Instant gone = station.disconnectedAt();
    return connected == null || gone == null || gone.isBefore(connected) ? null : gone;
  }

  private static List<String> capabilities(
      RawPlace.Station station, int connectors, Set<String> features) {
    boolean old = "1.6".equals(station.protocol());
    List<String> capabilities = new ArrayList<>();
    if (old ? features.contains("SmartCharging") : isOn(features, "SmartChargingCtrlr")) {
      capabilities.add("CHARGING_PROFILE_CAPABLE");
    }
    capabilities.add("REMOTE_START_STOP_CAPABLE");
    if (old ? features.contains("Reservation") : isOn(features, "ReservationCtrlr")) {
      capabilities.add("RESERVABLE");
    }
    // Stations have a reader unless their device model says otherwise; 1.6 cannot say.
    if (old || !isOff(features, "TokenReader")) {
      capabilities.add("RFID_READER");
    }
    if (connectors > 1) {
      capabilities.add("START_SESSION_CONNECTOR_REQUIRED");
    }
    capabilities.add("TOKEN_GROUP_CAPABLE");
    capabilities.add("UNLOCK_CAPABLE");
    return capabilities;
  }

  private static boolean isOn(Set<String> features, String component) {
    return !isOff(features, component)
        && (features.contains(component + ".Enabled=true")
            || features.contains(component + ".Available=true"));
  }

  private static boolean isOff(Set<String> features, String component) {
    return features.contains(component + ".Enabled=false")
        || features.contains(component + ".Available=false");
  }
}
