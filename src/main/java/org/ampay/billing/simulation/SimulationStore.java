package org.ampay.billing.simulation;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.PRICE_SIMULATION;
import static org.ampay.store.tables.Tables.PRICE_SIMULATION_SUM;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.TARIFF_SNAPSHOT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.store.MultiRow;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.PriceSimulationRecord;
import org.ampay.tariff.TariffJson;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Runs and their sums in the database, and the sessions that they read. */
final class SimulationStore {

  /** In the order of {@link #bind}. */
  private static final MultiRow ADD =
      MultiRow.insert(
              "price_simulation_sum",
              "simulation_id",
              "site_id",
              "hour_no",
              "operator_id",
              "sessions",
              "dearer",
              "cheaper",
              "energy_mwh",
              "before_excl_minor",
              "before_incl_minor",
              "after_excl_minor",
              "after_incl_minor")
          .followedBy(
              " ON DUPLICATE KEY UPDATE sessions = sessions + VALUES(sessions),"
                  + " dearer = dearer + VALUES(dearer), cheaper = cheaper + VALUES(cheaper),"
                  + " energy_mwh = energy_mwh + VALUES(energy_mwh),"
                  + " before_excl_minor = before_excl_minor + VALUES(before_excl_minor),"
                  + " before_incl_minor = before_incl_minor + VALUES(before_incl_minor),"
                  + " after_excl_minor = after_excl_minor + VALUES(after_excl_minor),"
                  + " after_incl_minor = after_incl_minor + VALUES(after_incl_minor)");

  void insert(Tx tx, Run run, long lastId) {
    NewRun what = run.what();
    SqlTx.of(tx)
        .dsl()
        .insertInto(PRICE_SIMULATION)
        .set(PRICE_SIMULATION.ID, run.id())
        .set(PRICE_SIMULATION.OPERATOR_ID, run.operatorId())
        .set(PRICE_SIMULATION.TARIFF_ID, what.tariffId())
        .set(PRICE_SIMULATION.VERSION, what.version())
        .set(PRICE_SIMULATION.NAME, what.name())
        .set(PRICE_SIMULATION.CURRENCY, run.currency())
        .set(PRICE_SIMULATION.BODY, TariffJson.write(what.tariff()))
        .set(PRICE_SIMULATION.BASIS, what.basis().code())
        .set(PRICE_SIMULATION.FROM_AT, what.from())
        .set(PRICE_SIMULATION.TO_AT, what.to())
        .set(PRICE_SIMULATION.PLACES, RunJson.write(what.places()))
        .set(PRICE_SIMULATION.STATE, run.state().code())
        .set(PRICE_SIMULATION.LAST_ID, lastId)
        .set(PRICE_SIMULATION.CURSOR_ID, 0L)
        .set(PRICE_SIMULATION.DONE, 0L)
        .set(PRICE_SIMULATION.TALLY, RunJson.write(Run.Found.NOTHING))
        .set(PRICE_SIMULATION.AUTHOR, run.author())
        .set(PRICE_SIMULATION.CREATED_AT, run.createdAt())
        .execute();
  }

  /** How many runs of the operator go on or wait. */
  int open(Tx tx, long operatorId) {
    return SqlTx.of(tx)
        .dsl()
        .fetchCount(
            PRICE_SIMULATION,
            PRICE_SIMULATION.OPERATOR_ID.eq(operatorId),
            PRICE_SIMULATION.STATE.in(RunState.QUEUED.code(), RunState.RUNNING.code()));
  }

  /** The id of the operator's newest session, 0 when there is none. */
  long lastSession(Tx tx, long operatorId) {
    return SqlTx.of(tx)
        .dsl()
        .select(DSL.max(CHARGING_SESSION.ID))
        .from(CHARGING_SESSION)
        .where(CHARGING_SESSION.OPERATOR_ID.eq(operatorId))
        .fetchOptional(0, Long.class)
        .orElse(0L);
  }

  /**
   * A run as its worker needs it.
   *
   * @param lastId of the sessions that existed when it was made
   * @param cursor the last session that is in the sums
   */
  record Position(Run run, long lastId, long cursor) {}

  Optional<Position> position(Tx tx, long id, boolean lock) {
    var select = SqlTx.of(tx).dsl().selectFrom(PRICE_SIMULATION).where(PRICE_SIMULATION.ID.eq(id));
    return (lock ? select.forUpdate() : select)
        .fetchOptional(row -> new Position(run(row), row.getLastId(), row.getCursorId()));
  }

  /**
   * @param operatorId null: of any operator
   */
  Optional<Run> find(DSLContext dsl, @Nullable Long operatorId, long id) {
    return dsl.selectFrom(PRICE_SIMULATION)
        .where(PRICE_SIMULATION.ID.eq(id))
        .and(of(operatorId))
        .fetchOptional(SimulationStore::run);
  }

  /**
   * Newest first, with ids below {@code before}.
   *
   * @param operatorId null: of any operator
   * @param tariffId null: about any tariff
   */
  List<Run> list(
      DSLContext dsl, @Nullable Long operatorId, @Nullable Long tariffId, long before, int limit) {
    return dsl.selectFrom(PRICE_SIMULATION)
        .where(PRICE_SIMULATION.ID.lt(before))
        .and(of(operatorId))
        .and(tariffId == null ? DSL.noCondition() : PRICE_SIMULATION.TARIFF_ID.eq(tariffId))
        .orderBy(PRICE_SIMULATION.ID.desc())
        .limit(limit)
        .fetch(SimulationStore::run);
  }

  /** Nothing when the run was ended meanwhile. */
  void begin(Tx tx, long id, long total, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(PRICE_SIMULATION)
        .set(PRICE_SIMULATION.STATE, RunState.RUNNING.code())
        .set(PRICE_SIMULATION.TOTAL, total)
        .set(PRICE_SIMULATION.STARTED_AT, at)
        .where(PRICE_SIMULATION.ID.eq(id))
        .and(PRICE_SIMULATION.STATE.eq(RunState.QUEUED.code()))
        .execute();
  }

  void end(Tx tx, long id, RunState state, @Nullable String reason, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(PRICE_SIMULATION)
        .set(PRICE_SIMULATION.STATE, state.code())
        .set(PRICE_SIMULATION.REASON, reason)
        .set(PRICE_SIMULATION.ENDED_AT, at)
        .where(PRICE_SIMULATION.ID.eq(id))
        .execute();
  }

  /** Adds a portion; its run's row is locked by the caller. */
  void add(Tx tx, Run run, long cursor, long looked, Tally portion) {
    Tally all = new Tally();
    run.found().skipped().forEach(all::skip);
    run.found().rises().forEach(all::rise);
    all.outside(run.found().outside());
    all.taxUnknown(run.found().taxUnknown());
    all.addAll(portion);
    SqlTx.of(tx)
        .dsl()
        .update(PRICE_SIMULATION)
        .set(PRICE_SIMULATION.CURSOR_ID, cursor)
        .set(PRICE_SIMULATION.DONE, run.done() + looked)
        .set(
            PRICE_SIMULATION.TALLY,
            RunJson.write(
                new Run.Found(all.skipped(), all.outside(), all.taxUnknown(), all.rises())))
        .where(PRICE_SIMULATION.ID.eq(run.id()))
        .execute();
    List<Map.Entry<Tally.Cell, Sums>> cells = List.copyOf(portion.sums().entrySet());
    SqlTx.of(tx)
        .jdbc(
            connection -> {
              ADD.write(
                  connection,
                  cells,
                  (statement, at, cell) ->
                      bind(statement, at, run, cell.getKey(), cell.getValue()));
              return cells.size();
            });
  }

  private static void bind(
      java.sql.PreparedStatement statement, int at, Run run, Tally.Cell cell, Sums sums)
      throws java.sql.SQLException {
    long[] values = {
      run.id(),
      cell.siteId(),
      cell.hour(),
      run.operatorId(),
      sums.sessions(),
      sums.dearer(),
      sums.cheaper(),
      sums.energyMwh(),
      sums.beforeExcl(),
      sums.beforeIncl(),
      sums.afterExcl(),
      sums.afterIncl()
    };
    for (int i = 0; i < values.length; i++) {
      statement.setLong(at + i, values[i]);
    }
  }

  void delete(Tx tx, long id) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    dsl.deleteFrom(PRICE_SIMULATION_SUM).where(PRICE_SIMULATION_SUM.SIMULATION_ID.eq(id)).execute();
    dsl.deleteFrom(PRICE_SIMULATION).where(PRICE_SIMULATION.ID.eq(id)).execute();
  }

  RunResult result(DSLContext dsl, Run run) {
    Sums all = Sums.ZERO;
    List<Sums> hours = new ArrayList<>(Collections.nCopies(24, Sums.ZERO));
    Map<Long, Sums> bySite = new LinkedHashMap<>();
    Map<Long, String> names =
        dsl.select(SITE.ID, SITE.NAME)
            .from(SITE)
            .where(SITE.OPERATOR_ID.eq(run.operatorId()))
            .fetchMap(SITE.ID, SITE.NAME);
    var rows =
        dsl.selectFrom(PRICE_SIMULATION_SUM)
            .where(PRICE_SIMULATION_SUM.SIMULATION_ID.eq(run.id()))
            .fetch();
    for (var row : rows) {
      Sums sums =
          new Sums(
              row.getSessions(),
              row.getDearer(),
              row.getCheaper(),
              row.getEnergyMwh(),
              row.getBeforeExclMinor(),
              row.getBeforeInclMinor(),
              row.getAfterExclMinor(),
              row.getAfterInclMinor());
      all = all.plus(sums);
      hours.set(row.getHourNo(), hours.get(row.getHourNo()).plus(sums));
      bySite.merge(row.getSiteId(), sums, Sums::plus);
    }
    List<RunResult.SiteSums> sites = new ArrayList<>();
    bySite.forEach((id, sums) -> sites.add(new RunResult.SiteSums(id, names.get(id), sums)));
    sites.sort(
        Comparator.comparingLong((RunResult.SiteSums s) -> Math.abs(s.sums().changeIncl()))
            .reversed()
            .thenComparingLong(RunResult.SiteSums::siteId));
    return new RunResult(all, hours, sites);
  }

  /** How many sessions the run will look at. */
  long count(DSLContext dsl, Position at) {
    return dsl.selectCount()
        .from(CHARGING_SESSION.forceIndex("charging_session_operator"))
        .where(wanted(at, 0))
        .fetchSingle(0, Long.class);
  }

  /** The next sessions behind a cursor, in the order of their ids. */
  List<PastSession> page(DSLContext dsl, Position at, long cursor, int limit) {
    return dsl.select(
            CHARGING_SESSION.ID,
            CHARGING_SESSION.SITE_ID,
            CHARGING_SESSION.STATE,
            CHARGING_SESSION.SNAPSHOT_ID,
            CHARGING_SESSION.PRICE_FACTS,
            CHARGING_SESSION.ENERGY_MWH,
            CHARGING_SESSION.CURRENCY,
            BILL.EXCL_MINOR,
            BILL.TOTAL_MINOR)
        .from(CHARGING_SESSION.forceIndex("charging_session_operator"))
        .leftJoin(BILL)
        .on(BILL.SESSION_ID.eq(CHARGING_SESSION.ID))
        .and(BILL.KIND.eq("charge"))
        .where(wanted(at, cursor))
        .orderBy(CHARGING_SESSION.ID)
        .limit(limit)
        .fetch(
            r ->
                new PastSession(
                    r.value1(),
                    r.value2(),
                    r.value3(),
                    r.value4(),
                    r.value5(),
                    r.value6(),
                    r.value7(),
                    r.value8(),
                    r.value9()));
  }

  /** Sessions that were turned away, and stops without a start, were never to be priced. */
  private static Condition wanted(Position at, long cursor) {
    NewRun what = at.run().what();
    Condition condition =
        CHARGING_SESSION
            .OPERATOR_ID
            .eq(at.run().operatorId())
            .and(CHARGING_SESSION.ID.gt(cursor))
            .and(CHARGING_SESSION.ID.le(at.lastId()))
            .and(CHARGING_SESSION.STARTED_AT.ge(what.from()))
            .and(CHARGING_SESSION.STARTED_AT.lt(what.to()))
            .and(CHARGING_SESSION.STATE.in("finished", "active", "review"));
    Places places = what.places();
    return places.isEverywhere()
        ? condition
        : condition.and(
            CHARGING_SESSION
                .SITE_ID
                .in(places.sortedSites())
                .or(CHARGING_SESSION.STATION_ID.in(places.sortedStations())));
  }

  /** The text of a frozen snapshot. */
  Optional<String> snapshot(DSLContext dsl, long id) {
    return dsl.select(TARIFF_SNAPSHOT.BODY)
        .from(TARIFF_SNAPSHOT)
        .where(TARIFF_SNAPSHOT.ID.eq(id))
        .fetchOptional(TARIFF_SNAPSHOT.BODY);
  }

  private static Condition of(@Nullable Long operatorId) {
    return operatorId == null ? DSL.noCondition() : PRICE_SIMULATION.OPERATOR_ID.eq(operatorId);
  }

  private static Run run(PriceSimulationRecord row) {
    NewRun what =
        new NewRun(
            row.getTariffId(),
            row.getVersion(),
            row.getName(),
            TariffJson.read(TariffJson.readTree(row.getBody())),
            Basis.of(row.getBasis()).orElseThrow(),
            row.getFromAt(),
            row.getToAt(),
            RunJson.places(row.getPlaces()));
    return new Run(
        row.getId(),
        row.getOperatorId(),
        what,
        RunState.ofCode(row.getState()),
        row.getReason(),
        row.getTotal(),
        row.getDone(),
        RunJson.found(row.getTally()),
        row.getAuthor(),
        row.getCreatedAt(),
        row.getStartedAt(),
        row.getEndedAt());
  }
}
