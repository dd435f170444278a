package org.ampay.station;

import static org.ampay.store.tables.Tables.CONNECTOR;
import static org.ampay.store.tables.Tables.EVSE;
import static org.ampay.store.tables.Tables.LOCAL_LIST;
import static org.ampay.store.tables.Tables.LOCAL_LIST_POLICY;
import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.STATION_LINK;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ampay.station.StationInfo.EvseInfo;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.StationRecord;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The inventory's tables. */
final class StationStore {

  /** A station with what is not for everyone's eyes. */
  record StationRow(
      StationInfo info,
      int securityProfile,
      byte @Nullable [] passwordHash,
      byte @Nullable [] pendingHash,
      Registration registration,
      @Nullable Protocol protocol,
      Change change) {}

  /**
   * What is on its way: see V063.
   *
   * @param targetProfile null: none
   * @param secret a sealed password
   */
  record Change(@Nullable Integer targetProfile, PasswordState state, byte @Nullable [] secret) {}

  /** Everything, at one moment. */
  record Picture(long version, List<Operator> operators, List<Site> sites, List<StationRow> rows) {}

  private final Database database;
  private final ChangeCounter counter;

  StationStore(Database database) {
    this.database = database;
    this.counter = new ChangeCounter(database, "inventory");
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  Picture load() {
    DSLContext dsl = database.dsl();
    long version = version();
    Map<Long, Operator> operators = new HashMap<>();
    dsl.selectFrom(OPERATOR).forEach(r -> operators.put(r.getId(), operator(r)));
    Map<Long, Site> sites = new HashMap<>();
    dsl.selectFrom(SITE).forEach(r -> sites.put(r.getId(), site(r)));
    Map<Long, List<EvseInfo>> evses = new HashMap<>();
    dsl.selectFrom(EVSE)
        .orderBy(EVSE.STATION_ID, EVSE.EVSE_NO)
        .forEach(r -> evses.computeIfAbsent(r.getStationId(), k -> new ArrayList<>()).add(evse(r)));
    List<StationRow> rows = new ArrayList<>();
    dsl.selectFrom(STATION)
        .forEach(
            r -> {
              Operator operator = operators.get(r.getOperatorId());
              Site site = sites.get(r.getSiteId());
              if (operator != null && site != null) {
                rows.add(row(r, operator, site, evses.getOrDefault(r.getId(), List.of())));
              }
            });
    return new Picture(version, List.copyOf(operators.values()), List.copyOf(sites.values()), rows);
  }

  /** One station as it is now; {@code known} gives what belongs to other tables. */
  Optional<StationRow> reload(StationRow known, Operator operator, Site site) {
    return database
        .dsl()
        .selectFrom(STATION)
        .where(STATION.ID.eq(known.info().id()))
        .fetchOptional(r -> row(r, operator, site, known.info().evses()));
  }

  long version() {
    return counter.version();
  }

  void changed(Tx tx) {
    counter.changed(tx);
  }

  void insert(Tx tx, Operator operator, Instant now) {
    dsl(tx)
        .insertInto(OPERATOR)
        .set(OPERATOR.ID, operator.id())
        .set(OPERATOR.NAME, operator.name())
        .set(OPERATOR.COUNTRY_CODE, operator.countryCode())
        .set(OPERATOR.PARTY_ID, operator.partyId())
        .set(OPERATOR.CURRENCY, operator.currency())
        .set(OPERATOR.HOLD_MINOR, operator.holdMinor())
        .set(OPERATOR.CREATED_AT, now)
        .execute();
  }

  void insert(Tx tx, Site site, Instant now) {
    dsl(tx)
        .insertInto(SITE)
        .set(SITE.ID, site.id())
        .set(SITE.OPERATOR_ID, site.operatorId())
        .set(SITE.CODE, site.code())
        .set(SITE.NAME, site.name())
        .set(SITE.ADDRESS, site.address().street())
        .set(SITE.CITY, site.address().city())
        .set(SITE.POSTAL_CODE, site.address().postalCode())
        .set(SITE.COUNTRY, site.address().country())
        .set(SITE.LATITUDE, site.address().latitude())
        .set(SITE.LONGITUDE, site.address().longitude())
        .set(SITE.TIME_ZONE, site.zone().getId())
        .set(SITE.PUBLISHED, site.published())
        .set(SITE.CREATED_AT, now)
        .execute();
  }

  void insert(Tx tx, long id, NewStation station, byte @Nullable [] hash, Instant now) {
    dsl(tx)
        .insertInto(STATION)
        .set(STATION.ID, id)
        .set(STATION.OPERATOR_ID, station.operatorId())
        .set(STATION.SITE_ID, station.siteId())
        .set(STATION.IDENTITY, station.identity())
        .set(STATION.NAME, station.name())
        .set(STATION.SECURITY_PROFILE, (byte) station.securityProfile())
        .set(STATION.PASSWORD_HASH, hash)
        .set(STATION.REGISTRATION, stored(Registration.NONE))
        .set(STATION.CREATED_AT, now)
        .execute();
  }

  void insertEvse(Tx tx, long id, long stationId, long operatorId, NewStation.NewEvse evse) {
    dsl(tx)
        .insertInto(EVSE)
        .set(EVSE.ID, id)
        .set(EVSE.OPERATOR_ID, operatorId)
        .set(EVSE.STATION_ID, stationId)
        .set(EVSE.EVSE_NO, evse.evseNo())
        .set(EVSE.PAY_CODE, PayCode.of(id))
        .set(EVSE.CURRENT_TYPE, evse.direct() ? "DC" : "AC")
        .set(EVSE.PHASES, (byte) evse.phases())
        .set(EVSE.MAX_POWER_W, evse.maxPowerW())
        .execute();
  }

  void insertConnector(
      Tx tx, long id, long stationId, long operatorId, EvseRef place, String standard) {
    dsl(tx)
        .insertInto(CONNECTOR)
        .set(CONNECTOR.ID, id)
        .set(CONNECTOR.OPERATOR_ID, operatorId)
        .set(CONNECTOR.STATION_ID, stationId)
        .set(CONNECTOR.EVSE_NO, place.evseNo())
        .set(CONNECTOR.CONNECTOR_NO, place.connectorNo())
        .set(CONNECTOR.STANDARD, standard)
        .set(CONNECTOR.STATUS, "Unknown")
        .execute();
  }

  boolean update(Tx tx, long operatorId, long id, Inventory.StationPatch patch) {
    Map<Field<?>, Object> changes = new HashMap<>();
    changes.put(STATION.ID, id);
    patch.name().ifPresent(name -> changes.put(STATION.NAME, name));
    patch.siteId().ifPresent(site -> changes.put(STATION.SITE_ID, site));
    patch
        .securityProfile()
        .ifPresent(profile -> changes.put(STATION.SECURITY_PROFILE, profile.byteValue()));
    return dsl(tx)
            .update(STATION)
            .set(changes)
            .where(STATION.ID.eq(id))
            .and(STATION.OPERATOR_ID.eq(operatorId))
            .execute()
        == 1;
  }

  void setPassword(Tx tx, long id, byte[] hash, int securityProfile) {
    dsl(tx)
        .update(STATION)
        .set(STATION.PASSWORD_HASH, hash)
        .setNull(STATION.PENDING_HASH)
        .setNull(STATION.PENDING_STATE)
        .setNull(STATION.PENDING_SECRET)
        .set(STATION.SECURITY_PROFILE, (byte) securityProfile)
        .where(STATION.ID.eq(id))
        .execute();
  }

  boolean delete(Tx tx, long operatorId, long id) {
    int rows =
        dsl(tx)
            .deleteFrom(STATION)
            .where(STATION.ID.eq(id))
            .and(STATION.OPERATOR_ID.eq(operatorId))
            .execute();
    dsl(tx).deleteFrom(STATION_LINK).where(STATION_LINK.STATION_ID.eq(id)).execute();
    dsl(tx).deleteFrom(EVSE).where(EVSE.STATION_ID.eq(id)).execute();
    dsl(tx).deleteFrom(CONNECTOR).where(CONNECTOR.STATION_ID.eq(id)).execute();
    dsl(tx).deleteFrom(LOCAL_LIST).where(LOCAL_LIST.STATION_ID.eq(id)).execute();
    dsl(tx).deleteFrom(LOCAL_LIST_POLICY).where(LOCAL_LIST_POLICY.STATION_ID.eq(id)).execute();
    return rows == 1;
  }

  /** Short, without vowels, never two the same: the row's id in base 31. */
  static String stored(Registration registration) {
    return registration.name().toLowerCase(Locale.ROOT);
  }

  private static StationRow row(
      StationRecord r, Operator operator, Site site, List<EvseInfo> evses) {
    StationInfo info =
        new StationInfo(
            r.getId(),
            operator.id(),
            site.id(),
            r.getIdentity(),
            operator.currency(),
            operator.holdMinor(),
            site.zone(),
            evses);
    return new StationRow(
        info,
        r.getSecurityProfile(),
        r.getPasswordHash(),
        r.getPendingHash(),
        Registration.valueOf(r.getRegistration().toUpperCase(Locale.ROOT)),
        r.getProtocol() == null ? null : Protocol.ofVersion(r.getProtocol()),
        new Change(
            r.getTargetProfile() == null ? null : r.getTargetProfile().intValue(),
            PasswordState.ofStored(r.getPendingState()),
            r.getPendingSecret()));
  }

  private static Operator operator(Record r) {
    return new Operator(
        r.get(OPERATOR.ID),
        r.get(OPERATOR.NAME),
        r.get(OPERATOR.COUNTRY_CODE),
        r.get(OPERATOR.PARTY_ID),
        r.get(OPERATOR.CURRENCY),
        r.get(OPERATOR.HOLD_MINOR));
  }

  private static Site site(Record r) {
    return new Site(
        r.get(SITE.ID),
        r.get(SITE.OPERATOR_ID),
        r.get(SITE.CODE),
        r.get(SITE.NAME),
        new Site.Address(
            r.get(SITE.ADDRESS),
            r.get(SITE.CITY),
            r.get(SITE.POSTAL_CODE),
            r.get(SITE.COUNTRY),
            r.get(SITE.LATITUDE),
            r.get(SITE.LONGITUDE)),
        ZoneId.of(r.get(SITE.TIME_ZONE)),
        r.get(SITE.PUBLISHED));
  }

  private static EvseInfo evse(Record r) {
    return new EvseInfo(
        r.get(EVSE.EVSE_NO),
        "DC".equals(r.get(EVSE.CURRENT_TYPE)),
        r.get(EVSE.PHASES),
        r.get(EVSE.MAX_POWER_W));
  }
}
