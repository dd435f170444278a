package org.ampay.charging;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.COST_DISPLAY;
import static org.ampay.store.tables.Tables.DEVICE_VARIABLE;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.jspecify.annotations.Nullable;

/** What stations say they can show, what people decided, and running sessions there. */
public final class CostDisplayStore {

  private static final int MOST = 100_000;

  private static final List<String> COMPONENTS =
      List.of("", "TariffCostCtrlr", "DisplayMessageCtrlr");

  private static final List<String> VARIABLES =
      List.of(
          "Enabled",
          "Available",
          "NumberOfDecimalsForCostValues",
          "Language",
          "PersonalMessageSize",
          "CustomDisplayCostAndPrice",
          "CustomMultiLanguageMessages",
          "SupportedLanguages");

  private final Database database;

  public CostDisplayStore(Database database) {
    this.database = database;
  }

  /** A running session. */
  record Running(long sessionId, long stationId) {}

  /** A person's word on a station. */
  public record Wish(boolean shows, @Nullable Integer maxChars) {}

  /**
   * A variable of a station that says something of its display.
   *
   * @param name {@code TariffCostCtrlr.Enabled[Cost]}; a setting of 1.6 by its key
   */
  record Told(long stationId, String name, String value, Instant changedAt) {}

  Map<Long, Wish> wishes() {
    Map<Long, Wish> wishes = new HashMap<>();
    database
        .dsl()
        .select(COST_DISPLAY.STATION_ID, COST_DISPLAY.SHOWS, COST_DISPLAY.MAX_CHARS)
        .from(COST_DISPLAY)
        .forEach(row -> wishes.put(row.value1(), new Wish(row.value2(), row.value3())));
    return wishes;
  }

  /** Variables that have changed since, in the order of their change. */
  List<Told> told(Instant since) {
    return database
        .dsl()
        .select(
            DEVICE_VARIABLE.STATION_ID,
            DEVICE_VARIABLE.COMPONENT,
            DEVICE_VARIABLE.VARIABLE,
            DEVICE_VARIABLE.VARIABLE_INSTANCE,
            DEVICE_VARIABLE.VALUE,
            DEVICE_VARIABLE.CHANGED_AT,
            DEVICE_VARIABLE.REMOVED_AT)
        .from(DEVICE_VARIABLE)
        .where(DEVICE_VARIABLE.COMPONENT.in(COMPONENTS))
        .and(DEVICE_VARIABLE.CHANGED_AT.ge(since))
        .and(DEVICE_VARIABLE.VARIABLE.in(VARIABLES))
        .and(DEVICE_VARIABLE.ATTRIBUTE.eq("Actual"))
        .and(DEVICE_VARIABLE.EVSE_NO.eq(0))
        .orderBy(DEVICE_VARIABLE.CHANGED_AT)
        .limit(MOST)
        .fetch(
            row -> {
              String component = row.value2().isEmpty() ? "" : row.value2() + ".";
              String instance = row.value4().isEmpty() ? "" : "[" + row.value4() + "]";
              String value = row.value5() == null || row.value7() != null ? "" : row.value5();
              return new Told(
                  row.value1(), component + row.value3() + instance, value, row.value6());
            });
  }

  /**
   * Keeps a person's word; null: the station's own model tells again.
   *
   * @param since when it was said
   */
  void set(StationInfo station, @Nullable Wish wish, Instant since) {
    if (wish == null) {
      database
          .dsl()
          .deleteFrom(COST_DISPLAY)
          .where(COST_DISPLAY.STATION_ID.eq(station.id()))
          .execute();
      return;
    }
    database
        .dsl()
        .insertInto(COST_DISPLAY)
        .set(COST_DISPLAY.STATION_ID, station.id())
        .set(COST_DISPLAY.OPERATOR_ID, station.operatorId())
        .set(COST_DISPLAY.SINCE, since)
        .set(COST_DISPLAY.SHOWS, wish.shows())
        .set(COST_DISPLAY.MAX_CHARS, wish.maxChars())
        .onDuplicateKeyUpdate()
        .set(COST_DISPLAY.OPERATOR_ID, station.operatorId())
        .set(COST_DISPLAY.SHOWS, wish.shows())
        .set(COST_DISPLAY.MAX_CHARS, wish.maxChars())
        .execute();
  }

  List<Running> running(Collection<Long> stationIds) {
    return database
        .dsl()
        .select(CHARGING_SESSION.ID, CHARGING_SESSION.STATION_ID)
        .from(CHARGING_SESSION)
        .where(CHARGING_SESSION.STATE.eq(SessionState.ACTIVE.stored()))
        .and(CHARGING_SESSION.STATION_ID.in(stationIds))
        .limit(MOST)
        .fetch(row -> new Running(row.value1(), row.value2()));
  }
}
