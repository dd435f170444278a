package org.ampay.web.read;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.CONNECTOR;
import static org.ampay.store.tables.Tables.EVSE;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Stations with their EVSEs, and connectors, as pages and the API show them. */
public final class StationReadStore extends ScopeStore {

  public StationReadStore(Database database) {
    super(database);
  }

  /** Whether sessions of the station run or wait for the end of their review. */
  public boolean hasOpenSessions(Tx tx, long stationId) {
    var sql = SqlTx.of(tx).dsl();
    return sql.fetchExists(
        sql.selectOne()
            .from(CHARGING_SESSION)
            .where(CHARGING_SESSION.STATION_ID.eq(stationId))
            .and(CHARGING_SESSION.STATE.in("active", "review")));
  }

  /** A station as stored; its live connection is not here. */
  public record StationRow(
      long id,
      long operatorId,
      long siteId,
      String siteCode,
      String siteName,
      String identity,
      String name,
      int securityProfile,
      @Nullable String protocol,
      @Nullable String vendor,
      @Nullable String model,
      @Nullable String serialNumber,
      @Nullable String firmwareVersion,
      String registration,
      @Nullable Instant bootedAt,
      @Nullable Instant connectedAt,
      @Nullable Instant disconnectedAt,
      @Nullable Instant lastSeenAt,
      Instant createdAt) {}

  /** An EVSE with its connectors. */
  public record EvseRow(
      int evseNo,
      String payCode,
      String currentType,
      int phases,
      int maxPowerW,
      List<ConnectorRow> connectors) {}

  /** A connector and the last state that was reported. */
  public record ConnectorRow(
      int connectorNo,
      String standard,
      String status,
      @Nullable String errorCode,
      @Nullable String errorInfo,
      @Nullable Instant statusAt) {}

  /**
   * Which stations.
   *
   * @param search part of the id or name; empty: all
   * @param siteId null: of all sites
   */
  public record StationFilter(String search, @Nullable Long siteId) {
    public static final StationFilter ALL = new StationFilter("", null);
  }

  public Optional<StationRow> find(Scope scope, String identity) {
    return select(in(scope, STATION.OPERATOR_ID).and(STATION.IDENTITY.eq(identity)), 1).stream()
        .findFirst();
  }

  /** Stations by identity, after {@code afterIdentity}. */
  public List<StationRow> list(Scope scope, StationFilter filter, String afterIdentity, int limit) {
    Condition condition = in(scope, STATION.OPERATOR_ID).and(STATION.IDENTITY.gt(afterIdentity));
    if (!filter.search().isBlank()) {
      String pattern = anywhere(filter.search().strip());
      condition =
          condition.and(
              DSL.lower(STATION.IDENTITY)
                  .like(DSL.lower(DSL.val(pattern)), '!')
                  .or(DSL.lower(STATION.NAME).like(DSL.lower(DSL.val(pattern)), '!')));
    }
    Long site = filter.siteId();
    if (site != null) {
      condition = condition.and(STATION.SITE_ID.eq(site));
    }
    return select(condition, limit);
  }

  private List<StationRow> select(Condition condition, int limit) {
    return dsl()
        .select(STATION.fields())
        .select(SITE.CODE, SITE.NAME)
        .from(STATION)
        .join(SITE)
        .on(SITE.ID.eq(STATION.SITE_ID))
        .where(condition)
        .orderBy(STATION.IDENTITY)
        .limit(limit)
        .fetch(StationReadStore::station);
  }

  /** The EVSEs of stations that the caller has found in its scope. */
  public Map<Long, List<EvseRow>> evses(Collection<Long> stationIds) {
    Map<Long, Map<Integer, List<ConnectorRow>>> connectors = new HashMap<>();
    dsl()
        .selectFrom(CONNECTOR)
        .where(CONNECTOR.STATION_ID.in(stationIds))
        .orderBy(CONNECTOR.STATION_ID, CONNECTOR.EVSE_NO, CONNECTOR.CONNECTOR_NO)
        .forEach(
            r ->
                connectors
                    .computeIfAbsent(r.get(CONNECTOR.STATION_ID), k -> new HashMap<>())
                    .computeIfAbsent(r.get(CONNECTOR.EVSE_NO), k -> new ArrayList<>())
                    .add(connector(r)));
    Map<Long, List<EvseRow>> evses = new HashMap<>();
    dsl()
        .selectFrom(EVSE)
        .where(EVSE.STATION_ID.in(stationIds))
        .orderBy(EVSE.STATION_ID, EVSE.EVSE_NO)
        .forEach(
            r -> {
              long station = r.get(EVSE.STATION_ID);
              List<ConnectorRow> own =
                  connectors
                      .getOrDefault(station, Map.of())
                      .getOrDefault(r.get(EVSE.EVSE_NO), List.of());
              evses.computeIfAbsent(station, k -> new ArrayList<>()).add(evse(r, own));
            });
    return evses;
  }

  private static StationRow station(Record r) {
    return new StationRow(
        r.get(STATION.ID),
        r.get(STATION.OPERATOR_ID),
        r.get(STATION.SITE_ID),
        r.get(SITE.CODE),
        r.get(SITE.NAME),
        r.get(STATION.IDENTITY),
        r.get(STATION.NAME),
        r.get(STATION.SECURITY_PROFILE),
        r.get(STATION.PROTOCOL),
        r.get(STATION.VENDOR),
        r.get(STATION.MODEL),
        r.get(STATION.SERIAL_NUMBER),
        r.get(STATION.FIRMWARE_VERSION),
        r.get(STATION.REGISTRATION),
        r.get(STATION.BOOTED_AT),
        r.get(STATION.CONNECTED_AT),
        r.get(STATION.DISCONNECTED_AT),
        r.get(STATION.LAST_SEEN_AT),
        r.get(STATION.CREATED_AT));
  }

  private static EvseRow evse(Record r, List<ConnectorRow> connectors) {
    return new EvseRow(
        r.get(EVSE.EVSE_NO),
        r.get(EVSE.PAY_CODE),
        r.get(EVSE.CURRENT_TYPE),
        r.get(EVSE.PHASES),
        r.get(EVSE.MAX_POWER_W),
        connectors);
  }

  private static ConnectorRow connector(Record r) {
    return new ConnectorRow(
        r.get(CONNECTOR.CONNECTOR_NO),
        r.get(CONNECTOR.STANDARD),
        r.get(CONNECTOR.STATUS),
        r.get(CONNECTOR.ERROR_CODE),
        r.get(CONNECTOR.ERROR_INFO),
        r.get(CONNECTOR.STATUS_AT));
  }
}
