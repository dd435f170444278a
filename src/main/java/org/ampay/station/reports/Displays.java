package org.ampay.station.reports;

import java.util.List;
import org.ampay.store.Database;

/** The messages on stations' displays. */
public final class Displays {

  private final DisplayStore store;

  public Displays(Database database) {
    this.store = new DisplayStore(database);
  }

  /** Those of a station, by id; at most 500. */
  public List<DisplayRow> of(long stationId) {
    return store.of(stationId);
  }
}
