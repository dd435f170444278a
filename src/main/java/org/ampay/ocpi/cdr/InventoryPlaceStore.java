package org.ampay.ocpi.cdr;

import static org.ampay.store.tables.Tables.CONNECTOR;
import static org.ampay.store.tables.Tables.EVSE;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.Optional;
import org.ampay.ocpi.EvseIds;
import org.ampay.ocpi.PartyRef;
import org.ampay.station.EvseRef;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Places read from the inventory, with the ids that the Locations module gives them. */
public final class InventoryPlaceStore implements RoamingPlaces {

  private static final int MAX_ID = 36;
  private static final int COORDINATE_DIGITS = 6;
  private static final int ALL_PHASES = 3;

  @Override
  public Optional<RoamingPlace> of(Tx tx, PartyRef ours, long stationId, EvseRef evse) {
    return SqlTx.of(tx)
        .dsl()
        .select(SITE.fields())
        .select(STATION.IDENTITY)
        .select(EVSE.ID, EVSE.CURRENT_TYPE, EVSE.PHASES)
        .select(CONNECTOR.CONNECTOR_NO, CONNECTOR.STANDARD)
        .from(STATION)
        .join(SITE)
        .on(SITE.ID.eq(STATION.SITE_ID))
        .join(EVSE)
        .on(EVSE.STATION_ID.eq(STATION.ID))
        .join(CONNECTOR)
        .on(CONNECTOR.STATION_ID.eq(EVSE.STATION_ID).and(CONNECTOR.EVSE_NO.eq(EVSE.EVSE_NO)))
        .where(STATION.ID.eq(stationId))
        .and(EVSE.EVSE_NO.eq(evse.evseNo()))
        .orderBy(
            DSL.when(CONNECTOR.CONNECTOR_NO.eq(evse.connectorNo()), 0).otherwise(1),
            CONNECTOR.CONNECTOR_NO)
        .limit(1)
        .fetchOptional(r -> place(r, ours, evse));
  }

  private static RoamingPlace place(Record r, PartyRef ours, EvseRef evse) {
    String code = r.get(SITE.CODE);
    boolean usable = code.length() <= MAX_ID && code.chars().allMatch(c -> c > ' ' && c <= '~');
    String evseId = EvseIds.of(ours, r.get(STATION.IDENTITY), evse.evseNo(), r.get(EVSE.ID));
    boolean dc = r.get(EVSE.CURRENT_TYPE).equals("DC");
    return new RoamingPlace(
        new RoamingPlace.Address(
            usable ? code : "S" + r.get(SITE.ID),
            r.get(SITE.NAME),
            r.get(SITE.ADDRESS),
            r.get(SITE.CITY),
            r.get(SITE.POSTAL_CODE),
            null,
            r.get(SITE.COUNTRY)),
        new RoamingPlace.Outlet(
            Long.toString(r.get(EVSE.ID)),
            evseId,
            Integer.toString(r.get(CONNECTOR.CONNECTOR_NO)),
            r.get(CONNECTOR.STANDARD),
            dc ? "CABLE" : "SOCKET",
            dc ? "DC" : r.get(EVSE.PHASES) >= ALL_PHASES ? "AC_3_PHASE" : "AC_1_PHASE"),
        coordinate(r.get(SITE.LATITUDE)),
        coordinate(r.get(SITE.LONGITUDE)),
        ZoneId.of(r.get(SITE.TIME_ZONE)));
  }

  private static @Nullable String coordinate(@Nullable BigDecimal degrees) {
    return degrees == null
        ? null
        : degrees.setScale(COORDINATE_DIGITS, RoundingMode.HALF_UP).toPlainString();
  }
}
