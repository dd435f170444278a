package org.ampay.station.reports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.StationInfo;
import org.ampay.station.files.StationFile;
import org.ampay.station.reports.OperationRow.EventRow;
import org.ampay.store.Database;

/** Operations as people and keys see them. */
public final class Operations {

  /**
   * Which ones.
   *
   * @param kind empty: any, and so on
   */
  public record Filter(
      long operatorId,
      Optional<OperationKind> kind,
      Optional<Long> stationId,
      Optional<OperationState> state) {

    /** Those of one kind of a station. */
    public static Filter ofStation(StationInfo station, OperationKind kind) {
      return new Filter(
          station.operatorId(), Optional.of(kind), Optional.of(station.id()), Optional.empty());
    }
  }

  private final OperationStore store;
  private final IdSource ids;
  private final TimeSource time;

  public Operations(Database database, IdSource ids, TimeSource time) {
    this.store = new OperationStore(database);
    this.ids = ids;
    this.time = time;
  }

  /** The newest with an id below {@code beforeId}, without their timelines. */
  public List<OperationRow> list(Filter filter, long beforeId, int limit) {
    return store.list(filter, beforeId, limit);
  }

  /** With its timeline; empty when the operator has no such one. */
  public Optional<OperationRow> find(long operatorId, long id) {
    return store.find(operatorId, id);
  }

  /** The newest statuses of a station that belong to nothing we asked for, oldest first. */
  public List<EventRow> unasked(StationInfo station, OperationKind kind, int limit) {
    return store.unasked(station, kind, limit);
  }

  /** Notes that the file of an upload has arrived. */
  public void received(StationFile file) {
    Instant at = time.now();
    store.fileReceived(file.id(), ids.next(), file.name() + ", " + file.sizeBytes() + " B", at);
  }
}
