package org.ampay.ocpi.location;

import static org.ampay.store.tables.Tables.OCPI_EVSE;
import static org.ampay.store.tables.Tables.OCPI_LOCATION;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;

/** Places as they were told last, in the database. */
public final class PlaceStore {

  private static final String LOCATION =
      "INSERT INTO ocpi_location (site_id, operator_id, body, shown, ever_shown, last_updated)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE body = VALUES(body),"
          + " shown = VALUES(shown), ever_shown = VALUES(ever_shown),"
          + " last_updated = VALUES(last_updated)";
  private static final String EVSE =
      "INSERT INTO ocpi_evse (site_id, evse_id, operator_id, status, body, last_updated)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE status = VALUES(status),"
          + " body = VALUES(body), last_updated = VALUES(last_updated)";

  private final Database database;

  public PlaceStore(Database database) {
    this.database = database;
  }

  /** All places, by site. */
  Map<Long, Place> load() {
    Map<Long, List<PlaceEvse>> evses = new HashMap<>();
    database
        .dsl()
        .selectFrom(OCPI_EVSE)
        .orderBy(OCPI_EVSE.SITE_ID, OCPI_EVSE.EVSE_ID)
        .forEach(
            r ->
                evses
                    .computeIfAbsent(r.getSiteId(), id -> new ArrayList<>())
                    .add(
                        PlaceRows.evse(
                            r.getEvseId(), r.getStatus(), r.getBody(), r.getLastUpdated())));
    Map<Long, Place> places = new HashMap<>();
    database
        .dsl()
        .selectFrom(OCPI_LOCATION)
        .forEach(
            r ->
                places.put(
                    r.getSiteId(),
                    new Place(
                        r.getSiteId(),
                        r.getOperatorId(),
                        PlaceRows.head(r.getBody()),
                        r.getShown(),
                        r.getEverShown(),
                        evses.getOrDefault(r.getSiteId(), List.of()),
                        r.getLastUpdated())));
    return places;
  }

  /** Stores what changed, all in one transaction. */
  void save(Collection<PlaceChange> changes) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .jdbc(
                        connection -> {
                          try (PreparedStatement places = connection.prepareStatement(LOCATION);
                              PreparedStatement evses = connection.prepareStatement(EVSE)) {
                            for (PlaceChange change : changes) {
                              add(places, change.place());
                              for (PlaceEvse evse : change.evses()) {
                                add(evses, change.place(), evse);
                              }
                            }
                            places.executeBatch();
                            evses.executeBatch();
                            return Boolean.TRUE;
                          }
                        }));
  }

  private static void add(PreparedStatement statement, Place place) throws SQLException {
    statement.setLong(1, place.siteId());
    statement.setLong(2, place.operatorId());
    statement.setString(3, PlaceRows.write(place.head()));
    statement.setBoolean(4, place.shown());
    statement.setBoolean(5, place.everShown());
    statement.setObject(6, stored(place.lastUpdated()));
    statement.addBatch();
  }

  private static void add(PreparedStatement statement, Place place, PlaceEvse evse)
      throws SQLException {
    statement.setLong(1, place.siteId());
    statement.setLong(2, evse.id());
    statement.setLong(3, place.operatorId());
    statement.setString(4, evse.status().name());
    statement.setString(5, PlaceRows.write(evse));
    statement.setObject(6, stored(evse.lastUpdated()));
    statement.addBatch();
  }

  private static LocalDateTime stored(Instant at) {
    return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}
