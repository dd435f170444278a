package org.ampay.web.read;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.EVSE;
import static org.ampay.store.tables.Tables.PAYMENT_ORDER;

import java.util.Optional;
import org.ampay.store.Database;
import org.jooq.Condition;

/**
 * Which EVSE a code means, and whether somebody uses it. Nobody's scope: codes hang in the open.
 */
public final class PayPointStore extends ScopeStore {

  public PayPointStore(Database database) {
    super(database);
  }

  /** An EVSE and its code. */
  public record Point(long stationId, int evseNo, String payCode) {}

  /** The EVSE of a code; empty for one that nobody has. */
  public Optional<Point> byCode(String payCode) {
    return find(EVSE.PAY_CODE.eq(payCode));
  }

  public Optional<Point> at(long stationId, int evseNo) {
    return find(EVSE.STATION_ID.eq(stationId).and(EVSE.EVSE_NO.eq(evseNo)));
  }

  private Optional<Point> find(Condition condition) {
    return dsl()
        .select(EVSE.STATION_ID, EVSE.EVSE_NO, EVSE.PAY_CODE)
        .from(EVSE)
        .where(condition)
        .fetchOptional(
            r -> new Point(r.get(EVSE.STATION_ID), r.get(EVSE.EVSE_NO), r.get(EVSE.PAY_CODE)));
  }

  /** Whether a session runs there, or somebody pays for one. */
  public boolean busy(Point point) {
    String live = point.stationId() + ":" + point.evseNo();
    return dsl().fetchExists(PAYMENT_ORDER, PAYMENT_ORDER.LIVE_EVSE.eq(live))
        || dsl()
            .fetchExists(
                CHARGING_SESSION,
                CHARGING_SESSION
                    .STATE
                    .eq("active")
                    .and(CHARGING_SESSION.STATION_ID.eq(point.stationId()))
                    .and(CHARGING_SESSION.EVSE_NO.eq(point.evseNo()))
                    .and(CHARGING_SESSION.STOPPED_AT.isNull()));
  }
}
