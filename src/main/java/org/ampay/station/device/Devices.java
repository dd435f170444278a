package org.ampay.station.device;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.ampay.base.IdSource;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.station.device.ModelStore.Origin;
import org.ampay.station.device.ReportPart.Items;
import org.ampay.station.device.ReportStore.Open;
import org.ampay.store.CommitResult;
import org.ampay.store.Database;
import org.ampay.store.GroupCommit;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/**
 * What stations have and say of themselves, on the database: one transaction a message, events by
 * group commit. All writers of one station's model wait for each other, so that a change is never
 * noted twice.
 */
public final class Devices implements DevicePort {

  /** The report that tells all there is. */
  static final String FULL_INVENTORY = "FullInventory";

  /** A monitoring report without criteria: it tells all there is. */
  static final String ALL_MONITORS = "GetMonitoringReport";

  /** Transactions at a time: sessions must always find a connection to the database. */
  private static final int AT_A_TIME = 3;

  private final Transactor transactor;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);
  private final ModelStore models;
  private final ReportStore reports;
  private final MonitorStore monitors;
  private final StateStore states;
  private final GroupCommit<EventStore.Batch, Boolean> events;
  private final BootPace pace;
  private final Executor workers;
  private final LiveBus bus;

  /**
   * @param events made by {@code app} over an {@link EventStore}
   * @param workers run transactions: they block
   */
  public Devices(
      Database database,
      IdSource ids,
      GroupCommit<EventStore.Batch, Boolean> events,
      BootPace pace,
      Executor workers,
      LiveBus bus) {
    this.transactor = database.transactor();
    this.models = new ModelStore(ids);
    this.reports = new ReportStore(ids);
    this.monitors = new MonitorStore(ids);
    this.states = new StateStore(database);
    this.events = events;
    this.pace = pace;
    this.workers = workers;
    this.bus = bus;
  }

  @Override
  public CompletionStage<Void> report(StationInfo station, ReportPart part, Instant receivedAt) {
    return inTransaction(station, tx -> part(tx, station, part, receivedAt));
  }

  @Override
  public CompletionStage<Void> observed(StationInfo station, Observation observation, Instant at) {
    return inTransaction(station, tx -> observed(tx, station, observation, at));
  }

  @Override
  public CompletionStage<Void> events(
      StationInfo station, List<DeviceEvent> told, Instant receivedAt) {
    return events
        .submit(new EventStore.Batch(station.operatorId(), station.id(), told, receivedAt))
        .thenCompose(
            result ->
                result instanceof CommitResult.Committed<Boolean>
                    ? CompletableFuture.<Void>completedStage(null)
                    : CompletableFuture.<Void>failedStage(
                        new IllegalStateException("events not stored: " + result)))
        .thenRun(() -> changed(station));
  }

  @Override
  public int bootIntervalSeconds(Registration decision, int base) {
    return pace.next(decision, base);
  }

  private CompletionStage<Void> inTransaction(StationInfo station, Consumer<Tx> work) {
    return CompletableFuture.runAsync(() -> inTurn(station, work), workers)
        .thenRun(() -> changed(station));
  }

  private void inTurn(StationInfo station, Consumer<Tx> work) {
    turns.acquireUninterruptibly();
    try {
      transactor.run(
          tx -> {
            models.lock(tx, station);
            work.accept(tx);
          });
    } finally {
      turns.release();
    }
  }

  private void changed(StationInfo station) {
    bus.publish(new LiveEvent.StationChanged(station.operatorId(), station.id()));
  }

  private void part(Tx tx, StationInfo station, ReportPart part, Instant at) {
    String kind = part.items().kind();
    Open open =
        reports
            .find(tx, station.id(), kind, part.requestId(), at)
            .filter(found -> !startsAnew(found, part))
            .orElseGet(() -> reports.begin(tx, station, kind, part.requestId(), "", at));
    boolean repeated = open.seqs().has(part.seqNo());
    long reportId = open.row().id();
    Origin origin = new Origin(station, Observation.Source.REPORT, reportId, at);
    int items =
        switch (part.items()) {
          case Items.Variables(List<VariableFact> facts) -> {
            models.store(tx, origin, facts);
            yield facts.size();
          }
          case Items.Monitors(List<MonitorFact> facts) -> {
            monitors.store(tx, station, reportId, at, facts);
            yield facts.size();
          }
        };
    SeqNumbers seqs = open.seqs().with(part.seqNo(), part.last());
    reports.received(tx, open, seqs, repeated ? 0 : items, at);
    if (seqs.complete()) {
      complete(tx, origin, open.row());
    }
  }

  /** The request id is used a second time: the first report was over. */
  private static boolean startsAnew(Open found, ReportPart part) {
    return found.row().state().equals("refused")
        || (found.row().state().equals("complete") && part.seqNo() == 0 && !part.last());
  }

  private void complete(Tx tx, Origin origin, ReportRow report) {
    if (report.asked().equals(FULL_INVENTORY)) {
      models.removedSince(tx, origin, report.startedAt());
      states.complete(tx, origin.station(), origin.at());
    } else if (report.asked().equals(ALL_MONITORS)) {
      monitors.clearedSince(tx, origin.station().id(), report.startedAt());
    }
  }

  private void observed(Tx tx, StationInfo station, Observation observation, Instant at) {
    switch (observation) {
      case Observation.ReportAsked asked -> asked(tx, station, asked, at);
      case Observation.Values values -> values(tx, station, values, at);
      case Observation.Monitors told -> {
        monitors.store(tx, station, 0, at, told.set());
        monitors.cleared(tx, station.id(), told.cleared());
      }
      case Observation.Monitoring told -> states.monitoring(tx, station, told);
    }
  }

  /** The first parts may have come before the answer did. */
  private void asked(Tx tx, StationInfo station, Observation.ReportAsked asked, Instant at) {
    Open open =
        reports
            .find(tx, station.id(), asked.kind(), asked.requestId(), at)
            .filter(found -> found.row().answer() == null)
            .orElseGet(
                () ->
                    reports.begin(tx, station, asked.kind(), asked.requestId(), asked.asked(), at));
    String state = asked.accepted() ? open.row().state() : "refused";
    reports.answered(tx, open.row().id(), asked.asked(), asked.answer(), state);
    boolean empty = asked.answer().equals("EmptyResultSet");
    if (empty && asked.asked().equals(ALL_MONITORS)) {
      monitors.clearedSince(tx, station.id(), at);
    }
    if (open.row().state().equals("complete")) {
      ReportRow row = open.row();
      Origin origin = new Origin(station, Observation.Source.REPORT, row.id(), at);
      complete(
          tx,
          origin,
          new ReportRow(
              row.id(),
              row.kind(),
              row.requestId(),
              asked.asked(),
              row.state(),
              asked.answer(),
              row.parts(),
              row.items(),
              row.startedAt(),
              row.completedAt()));
    }
  }

  private void values(Tx tx, StationInfo station, Observation.Values values, Instant at) {
    long reportId = 0;
    if (values.everything()) {
      Open report = reports.begin(tx, station, "variables", 0, "GetConfiguration", at);
      reportId = report.row().id();
      reports.answered(tx, reportId, "GetConfiguration", "Accepted", "receiving");
      reports.received(tx, report, SeqNumbers.NONE.with(0, true), values.facts().size(), at);
    }
    Origin origin = new Origin(station, values.source(), reportId, at);
    models.store(tx, origin, values.facts());
    models.removed(tx, origin, values.unknown());
    if (values.everything()) {
      models.removedSince(tx, origin, at);
      states.complete(tx, station, at);
    }
  }
}
