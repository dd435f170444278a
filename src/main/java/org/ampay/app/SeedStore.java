package org.ampay.app;

import static org.ampay.store.tables.Tables.CONNECTOR;
import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.EVSE;
import static org.ampay.store.tables.Tables.ID_TOKEN;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ampay.access.Driver;
import org.ampay.access.Token;
import org.ampay.base.IdSource;
import org.ampay.station.NewStation;
import org.ampay.station.PayCode;
import org.ampay.store.ChangeCounter;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.ConnectorRecord;
import org.ampay.store.tables.DriverRecord;
import org.ampay.store.tables.EvseRecord;
import org.ampay.store.tables.IdTokenRecord;
import org.ampay.store.tables.StationRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Writes many stations, drivers and tokens at once, a thousand rows a statement. */
final class SeedStore {

  private final IdSource ids;
  private final Instant now;

  SeedStore(IdSource ids, Instant now) {
    this.ids = ids;
    this.now = now;
  }

  /** A station to be written. */
  record Row(long id, NewStation station, byte @Nullable [] passwordHash) {}

  /** The ids of those stations that exist. */
  Map<String, Long> stations(Tx tx, Collection<String> identities) {
    Map<String, Long> found = new HashMap<>();
    SqlTx.of(tx)
        .dsl()
        .select(STATION.IDENTITY, STATION.ID)
        .from(STATION)
        .where(STATION.IDENTITY.in(identities))
        .forEach(row -> found.put(row.value1(), row.value2()));
    return found;
  }

  /** Those of the tokens that exist, by {@link Token#key()}. */
  Set<String> tokens(Tx tx, long operatorId, Collection<String> keys) {
    return new HashSet<>(
        SqlTx.of(tx)
            .dsl()
            .select(ID_TOKEN.UID_KEY)
            .from(ID_TOKEN)
            .where(ID_TOKEN.OPERATOR_ID.eq(operatorId).and(ID_TOKEN.UID_KEY.in(keys)))
            .fetch(ID_TOKEN.UID_KEY));
  }

  void setPassword(Tx tx, long stationId, byte[] hash) {
    SqlTx.of(tx)
        .dsl()
        .update(STATION)
        .set(STATION.PASSWORD_HASH, hash)
        .set(STATION.SECURITY_PROFILE, (byte) 1)
        .where(STATION.ID.eq(stationId))
        .execute();
  }

  void insertStations(Tx tx, List<Row> rows) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    List<StationRecord> stations = new ArrayList<>(rows.size());
    List<EvseRecord> evses = new ArrayList<>(rows.size());
    List<ConnectorRecord> connectors = new ArrayList<>(rows.size());
    for (Row row : rows) {
      stations.add(station(dsl, row));
      for (NewStation.NewEvse evse : row.station().evses()) {
        evses.add(evse(dsl, row, evse));
        for (NewStation.NewConnector connector : evse.connectors()) {
          connectors.add(connector(dsl, row, evse.evseNo(), connector));
        }
      }
    }
    dsl.batchInsert(stations).execute();
    dsl.batchInsert(evses).execute();
    dsl.batchInsert(connectors).execute();
  }

  private StationRecord station(DSLContext dsl, Row row) {
    NewStation station = row.station();
    StationRecord made = dsl.newRecord(STATION);
    made.setId(row.id());
    made.setOperatorId(station.operatorId());
    made.setSiteId(station.siteId());
    made.setIdentity(station.identity());
    made.setName(station.name());
    made.setSecurityProfile((byte) station.securityProfile());
    made.setPasswordHash(row.passwordHash());
    made.setRegistration("none");
    made.setCreatedAt(now);
    return made;
  }

  private EvseRecord evse(DSLContext dsl, Row row, NewStation.NewEvse evse) {
    long id = ids.next();
    EvseRecord made = dsl.newRecord(EVSE);
    made.setId(id);
    made.setOperatorId(row.station().operatorId());
    made.setStationId(row.id());
    made.setEvseNo(evse.evseNo());
    made.setPayCode(PayCode.of(id));
    made.setCurrentType(evse.direct() ? "DC" : "AC");
    made.setPhases((byte) evse.phases());
    made.setMaxPowerW(evse.maxPowerW());
    return made;
  }

  private ConnectorRecord connector(
      DSLContext dsl, Row row, int evseNo, NewStation.NewConnector connector) {
    ConnectorRecord made = dsl.newRecord(CONNECTOR);
    made.setId(ids.next());
    made.setOperatorId(row.station().operatorId());
    made.setStationId(row.id());
    made.setEvseNo(evseNo);
    made.setConnectorNo(connector.connectorNo());
    made.setStandard(connector.standard());
    made.setStatus("Unknown");
    return made;
  }

  void insertDrivers(Tx tx, List<Driver> drivers) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    List<DriverRecord> records = new ArrayList<>(drivers.size());
    for (Driver driver : drivers) {
      DriverRecord made = dsl.newRecord(DRIVER);
      made.setId(driver.id());
      made.setOperatorId(driver.operatorId());
      made.setName(driver.name());
      made.setCreatedAt(now);
      records.add(made);
    }
    dsl.batchInsert(records).execute();
  }

  void insertTokens(Tx tx, List<Token> tokens) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    List<IdTokenRecord> records = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      IdTokenRecord made = dsl.newRecord(ID_TOKEN);
      made.setId(token.id());
      made.setOperatorId(token.operatorId());
      made.setUid(token.uid());
      made.setUidKey(token.uid().toLowerCase(Locale.ROOT));
      made.setType(token.type());
      made.setDriverId(token.driverId());
      made.setBlocked(token.blocked());
      made.setMaxConcurrent(token.maxConcurrent());
      made.setCreatedAt(now);
      records.add(made);
    }
    dsl.batchInsert(records).execute();
  }

  /** Tells running servers that their pictures are old. */
  void changed(Tx tx) {
    for (String counter : List.of("inventory", "tokens")) {
      ChangeCounter.changed(tx, counter);
    }
  }
}
