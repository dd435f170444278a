package org.ampay.station.reports;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.base.IdSource;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.station.StationInfo;
import org.ampay.store.CommitResult;
import org.ampay.store.GroupCommit;

/** Takes what stations report. */
public final class Reports implements ReportPort {

  private final GroupCommit<ReportStore.Fact, Boolean> commits;
  private final IdSource ids;
  private final LiveBus bus;

  /**
   * @param commits made by {@code app} over a {@link ReportStore}
   */
  public Reports(GroupCommit<ReportStore.Fact, Boolean> commits, IdSource ids, LiveBus bus) {
    this.commits = commits;
    this.ids = ids;
    this.bus = bus;
  }

  @Override
  public CompletionStage<Boolean> submit(StationInfo station, Report report, Instant receivedAt) {
    return commits
        .submit(new ReportStore.Fact(ids.next(), station, report, receivedAt))
        .thenCompose(
            result -> {
              if (result instanceof CommitResult.Committed<Boolean>(Boolean done)) {
                bus.publish(new LiveEvent.StationChanged(station.operatorId(), station.id()));
                return CompletableFuture.completedStage(done);
              }
              return CompletableFuture.failedStage(
                  new IllegalStateException("not stored: " + result));
            });
  }
}
