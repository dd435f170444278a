package org.ampay.station.device;

import static org.ampay.store.tables.Tables.CHANGE_COUNTER;
import static org.ampay.store.tables.Tables.OPERATOR_PROVISIONING;
import static org.ampay.store.tables.Tables.STATION_ADMISSION;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.ampay.station.Registration;
import org.ampay.station.device.Provisioning.Decision;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The tables of who is let in. */
final class AdmissionStore {

  private static final String COUNTER = "admission";

  private final Database database;

  AdmissionStore(Database database) {
    this.database = database;
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  long version() {
    Long value =
        database
            .dsl()
            .select(CHANGE_COUNTER.VALUE)
            .from(CHANGE_COUNTER)
            .where(CHANGE_COUNTER.NAME.eq(COUNTER))
            .fetchOne(CHANGE_COUNTER.VALUE);
    return value == null ? 0 : value;
  }

  void changed(Tx tx) {
    dsl(tx)
        .insertInto(CHANGE_COUNTER)
        .set(CHANGE_COUNTER.NAME, COUNTER)
        .set(CHANGE_COUNTER.VALUE, 1L)
        .onDuplicateKeyUpdate()
        .set(CHANGE_COUNTER.VALUE, CHANGE_COUNTER.VALUE.plus(1))
        .execute();
  }

  Provisioning.Picture load() {
    long version = version();
    Map<Long, Registration> rules = new HashMap<>();
    database
        .dsl()
        .selectFrom(OPERATOR_PROVISIONING)
        .forEach(r -> rules.put(r.getOperatorId(), registration(r.getNewStations())));
    Map<Long, Decision> decisions = new HashMap<>();
    database
        .dsl()
        .selectFrom(STATION_ADMISSION)
        .forEach(
            r ->
                decisions.put(
                    r.getStationId(),
                    new Decision(
                        r.getDecision() == null ? null : registration(r.getDecision()),
                        r.getExpectedSerial(),
                        r.getDecidedBy())));
    return new Provisioning.Picture(version, rules, decisions);
  }

  void rule(Tx tx, long operatorId, Registration rule) {
    dsl(tx)
        .insertInto(OPERATOR_PROVISIONING)
        .set(OPERATOR_PROVISIONING.OPERATOR_ID, operatorId)
        .set(OPERATOR_PROVISIONING.NEW_STATIONS, word(rule))
        .onDuplicateKeyUpdate()
        .set(OPERATOR_PROVISIONING.NEW_STATIONS, word(rule))
        .execute();
  }

  void decision(Tx tx, long stationId, long operatorId, Decision decision, Instant at) {
    dsl(tx)
        .insertInto(STATION_ADMISSION)
        .set(STATION_ADMISSION.STATION_ID, stationId)
        .set(STATION_ADMISSION.OPERATOR_ID, operatorId)
        .set(STATION_ADMISSION.DECISION, word(decision.decision()))
        .set(STATION_ADMISSION.EXPECTED_SERIAL, decision.expectedSerial())
        .set(STATION_ADMISSION.DECIDED_AT, at)
        .set(STATION_ADMISSION.DECIDED_BY, decision.by())
        .onDuplicateKeyUpdate()
        .set(STATION_ADMISSION.DECISION, word(decision.decision()))
        .set(STATION_ADMISSION.EXPECTED_SERIAL, decision.expectedSerial())
        .set(STATION_ADMISSION.DECIDED_AT, at)
        .set(STATION_ADMISSION.DECIDED_BY, decision.by())
        .execute();
  }

  private static @Nullable String word(@Nullable Registration registration) {
    return registration == null ? null : registration.name().toLowerCase(Locale.ROOT);
  }

  private static Registration registration(String word) {
    return Registration.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
