package org.ampay.station.reports;

import java.util.List;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;

/** What stations told of customers, until it ends or somebody deletes it. */
public final class Customers {

  private static final int SWEEP = 500;

  private final CustomerStore store;
  private final TimeSource time;

  public Customers(Database database, TimeSource time) {
    this.store = new CustomerStore(database);
    this.time = time;
  }

  /** With its data; empty when the operator has no such one, or it has ended. */
  public Optional<CustomerRow> find(long operatorId, long id) {
    return store.find(operatorId, id, time.now());
  }

  /** The newest of a station with an id below {@code beforeId}, without their data. */
  public List<CustomerRow> ofStation(long stationId, long beforeId, int limit) {
    return store.ofStation(stationId, beforeId, limit, time.now());
  }

  /** Deletes one; false when the operator has no such one. */
  public boolean delete(long operatorId, long id) {
    return store.delete(operatorId, id);
  }

  /** Deletes what has ended. */
  public void sweep() {
    store.deleteEnded(time.now(), SWEEP);
  }
}
