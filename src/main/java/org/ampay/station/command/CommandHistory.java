package org.ampay.station.command;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandWatch;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.CommitResult;
import org.ampay.store.GroupCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who sent which command and what came back: in groups, beside what is going on. A step
 * that cannot be written is logged and lost; the command goes on.
 */
public final class CommandHistory implements CommandWatch, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommandHistory.class);

  private final GroupCommit<CommandChange, Boolean> commits;
  private final IdSource ids;
  private final TimeSource time;
  private final LiveBus bus;
  private final ConcurrentMap<Long, CompletionStage<Void>> ending = new ConcurrentHashMap<>();
  private volatile Consumer<StationInfo> whenReady = station -> {};

  /**
   * @param commits made by {@code app} over a {@link CommandStore}; one transaction at a time, so
   *     that the steps of a command stay in order
   * @param ids of the records; they grow
   */
  public CommandHistory(
      GroupCommit<CommandChange, Boolean> commits, IdSource ids, TimeSource time, LiveBus bus) {
    this.commits = commits;
    this.ids = ids;
    this.time = time;
    this.bus = bus;
  }

  /** Who sends what was queued. */
  public void whenReady(Consumer<StationInfo> listener) {
    whenReady = listener;
  }

  @Override
  public long begun(StationInfo station, CommandOrder order, Protocol protocol, String masked) {
    if (order.recordId() != 0) {
      return order.recordId();
    }
    CommandRecord record =
        new CommandRecord(
            ids.next(),
            station.id(),
            order.sender(),
            new CommandRecord.Call(protocol.version(), order.action(), masked),
            CommandState.SENT,
            time.now(),
            CommandRecord.Progress.NONE);
    write(station, new CommandChange.Begun(station.operatorId(), record));
    return record.id();
  }

  @Override
  public void transmitted(StationInfo station, long recordId, String messageId, Instant at) {
    write(station, new CommandChange.Transmitted(recordId, messageId, at));
  }

  @Override
  public void finished(StationInfo station, long recordId, CommandOutcome outcome, Instant at) {
    CompletionStage<Void> written =
        write(station, new CommandChange.Finished(recordId, outcome, at));
    ending.put(recordId, written);
    written.thenRun(() -> ending.remove(recordId));
  }

  @Override
  public void late(StationInfo station, long recordId, CommandOutcome outcome, Instant at) {
    write(station, new CommandChange.Late(recordId, outcome, at));
  }

  @Override
  public void ready(StationInfo station) {
    whenReady.accept(station);
  }

  /** Completes when the end of a command that has just ended can be read. */
  public CompletionStage<Void> written(long recordId) {
    CompletionStage<Void> written = ending.get(recordId);
    return written == null ? java.util.concurrent.CompletableFuture.completedStage(null) : written;
  }

  private CompletionStage<Void> write(StationInfo station, CommandChange change) {
    return commits
        .submit(change)
        .handle(
            (result, error) -> {
              if (error != null || !(result instanceof CommitResult.Committed<Boolean>)) {
                LOG.warn("station {}: a step of a command is not kept", station.identity(), error);
              }
              changed(station);
              return null;
            });
  }

  /** Tells open pages. */
  void changed(StationInfo station) {
    bus.publish(new LiveEvent.CommandChanged(station.operatorId(), station.id()));
  }

  /** Takes nothing more; waits for what has been taken. */
  @Override
  public void close() {
    commits.close();
    commits.drained().toCompletableFuture().join();
  }
}
