package org.ampay.ocpi.location;

import static org.ampay.store.tables.Tables.CONNECTOR;
import static org.ampay.store.tables.Tables.DEVICE_VARIABLE;
import static org.ampay.store.tables.Tables.EVSE;
import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.TARIFF_REVISION;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Reads what places are made of. Each statement stands alone: the next reading mends a race. */
public final class InventoryReadStore {

  private static final Set<String> SWITCHES = Set.of("Enabled", "Available");

  private final Database database;
  private final ChangeCounter inventory;

  public InventoryReadStore(Database database) {
    this.database = database;
    this.inventory = new ChangeCounter(database, "inventory");
  }

  /** A key of a station's connectors: where they are. */
  private record Spot(long stationId, int evseNo) {}

  /** Changes whenever sites, stations or tariffs were written. */
  String revision() {
    return inventory.version()
        + "/"
        + database
            .dsl()
            .select(DSL.max(TARIFF_REVISION.REVISION))
            .from(TARIFF_REVISION)
            .fetchOne(DSL.max(TARIFF_REVISION.REVISION));
  }

  List<RawPlace.Site> sites() {
    Map<Long, RawPlace.Operator> operators = new HashMap<>();
    database
        .dsl()
        .selectFrom(OPERATOR)
        .forEach(
            r ->
                operators.put(
                    r.getId(),
                    new RawPlace.Operator(
                        r.getName(), r.getCountryCode(), r.getPartyId(), r.getCurrency())));
    return database
        .dsl()
        .selectFrom(SITE)
        .orderBy(SITE.ID)
        .fetch(
            r ->
                new RawPlace.Site(
                    r.getId(),
                    r.getOperatorId(),
                    r.getCode(),
                    r.getName(),
                    r.getAddress(),
                    r.getCity(),
                    r.getPostalCode(),
                    r.getCountry(),
                    r.getLatitude(),
                    r.getLongitude(),
                    r.getTimeZone(),
                    r.getPublished(),
                    operators.getOrDefault(
                        r.getOperatorId(), new RawPlace.Operator("", "", "", ""))));
  }

  /** The stations' ids, by site. */
  Map<Long, List<Long>> stationIds() {
    Map<Long, List<Long>> ids = new HashMap<>();
    database
        .dsl()
        .select(STATION.ID, STATION.SITE_ID)
        .from(STATION)
        .orderBy(STATION.ID)
        .forEach(
            r ->
                ids.computeIfAbsent(r.get(STATION.SITE_ID), site -> new ArrayList<>())
                    .add(r.get(STATION.ID)));
    return ids;
  }

  /** Some stations as they are now. */
  List<RawPlace.Station> stations(Collection<Long> only) {
    if (only.isEmpty()) {
      return List.of();
    }
    Map<Spot, List<RawPlace.Connector>> connectors = new HashMap<>();
    Map<Long, String> own = new HashMap<>();
    database
        .dsl()
        .select(
            CONNECTOR.STATION_ID,
            CONNECTOR.EVSE_NO,
            CONNECTOR.CONNECTOR_NO,
            CONNECTOR.STANDARD,
            CONNECTOR.STATUS)
        .from(CONNECTOR)
        .where(CONNECTOR.STATION_ID.in(only))
        .orderBy(CONNECTOR.STATION_ID, CONNECTOR.EVSE_NO, CONNECTOR.CONNECTOR_NO)
        .forEach(r -> connector(r, connectors, own));
    Map<Long, List<RawPlace.Evse>> evses = new HashMap<>();
    database
        .dsl()
        .selectFrom(EVSE)
        .where(EVSE.STATION_ID.in(only))
        .orderBy(EVSE.STATION_ID, EVSE.EVSE_NO)
        .forEach(
            r ->
                evses
                    .computeIfAbsent(r.getStationId(), id -> new ArrayList<>())
                    .add(
                        new RawPlace.Evse(
                            r.getId(),
                            r.getEvseNo(),
                            "DC".equals(r.getCurrentType()),
                            r.getPhases(),
                            r.getMaxPowerW(),
                            connectors.getOrDefault(
                                new Spot(r.getStationId(), r.getEvseNo()), List.of()))));
    return rows(STATION.ID.in(only), evses, own);
  }

  private List<RawPlace.Station> rows(
      Condition condition, Map<Long, List<RawPlace.Evse>> evses, Map<Long, String> own) {
    return database
        .dsl()
        .select(
            STATION.ID,
            STATION.OPERATOR_ID,
            STATION.SITE_ID,
            STATION.IDENTITY,
            STATION.NAME,
            STATION.PROTOCOL,
            STATION.REGISTRATION,
            STATION.CONNECTED_AT,
            STATION.DISCONNECTED_AT)
        .from(STATION)
        .where(condition)
        .orderBy(STATION.ID)
        .fetch(
            r ->
                new RawPlace.Station(
                    r.get(STATION.ID),
                    r.get(STATION.OPERATOR_ID),
                    r.get(STATION.SITE_ID),
                    r.get(STATION.IDENTITY),
                    r.get(STATION.NAME),
                    r.get(STATION.PROTOCOL),
                    r.get(STATION.REGISTRATION),
                    r.get(STATION.CONNECTED_AT),
                    r.get(STATION.DISCONNECTED_AT),
                    own.get(r.get(STATION.ID)),
                    evses.getOrDefault(r.get(STATION.ID), List.of())));
  }

  private static void connector(
      Record r, Map<Spot, List<RawPlace.Connector>> connectors, Map<Long, String> own) {
    long station = r.get(CONNECTOR.STATION_ID);
    int evse = r.get(CONNECTOR.EVSE_NO);
    if (evse == 0) {
      own.put(station, r.get(CONNECTOR.STATUS));
      return;
    }
    connectors
        .computeIfAbsent(new Spot(station, evse), spot -> new ArrayList<>())
        .add(
            new RawPlace.Connector(
                r.get(CONNECTOR.CONNECTOR_NO), r.get(CONNECTOR.STANDARD), r.get(CONNECTOR.STATUS)));
  }

  /** What those stations said of their abilities, by station: names of features. */
  Map<Long, Set<String>> features(Collection<Long> stations) {
    Map<Long, Set<String>> features = new HashMap<>();
    if (stations.isEmpty()) {
      return features;
    }
    database
        .dsl()
        .select(
            DEVICE_VARIABLE.STATION_ID,
            DEVICE_VARIABLE.COMPONENT,
            DEVICE_VARIABLE.VARIABLE,
            DEVICE_VARIABLE.VALUE)
        .from(DEVICE_VARIABLE)
        .where(DEVICE_VARIABLE.STATION_ID.in(stations))
        .and(DEVICE_VARIABLE.ATTRIBUTE.eq("Actual"))
        .and(DEVICE_VARIABLE.REMOVED_AT.isNull())
        .and(
            DEVICE_VARIABLE
                .COMPONENT
                .eq("")
                .and(DEVICE_VARIABLE.VARIABLE.eq("SupportedFeatureProfiles"))
                .or(
                    DEVICE_VARIABLE
                        .COMPONENT
                        .in("ReservationCtrlr", "SmartChargingCtrlr", "TokenReader")
                        .and(DEVICE_VARIABLE.VARIABLE.in(SWITCHES))))
        .forEach(
            r -> {
              Set<String> known =
                  features.computeIfAbsent(
                      r.get(DEVICE_VARIABLE.STATION_ID), id -> new HashSet<>());
              String value = r.get(DEVICE_VARIABLE.VALUE);
              if (r.get(DEVICE_VARIABLE.COMPONENT).isEmpty()) {
                known.addAll(List.of((value == null ? "" : value).split("\\s*,\\s*")));
              } else {
                known.add(
                    r.get(DEVICE_VARIABLE.COMPONENT)
                        + "."
                        + r.get(DEVICE_VARIABLE.VARIABLE)
                        + "="
                        + value);
              }
            });
    return features;
  }
}
