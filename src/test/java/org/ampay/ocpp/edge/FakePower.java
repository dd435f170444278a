package org.ampay.ocpp.edge;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.ampay.power.Complaint;
import org.ampay.power.EvNeeds;
import org.ampay.power.EvSchedule;
import org.ampay.power.LimitReport;
import org.ampay.power.NeedsReply;
import org.ampay.power.OrderAnswer;
import org.ampay.power.PowerPort;
import org.ampay.power.ProfileOrder;
import org.ampay.power.ProfileReport;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** A room of power that objects to nothing and keeps nothing. */
final class FakePower implements PowerPort {

  private static final NeedsReply REJECTED = new NeedsReply(NeedsReply.Verdict.REJECTED, () -> {});

  @Override
  public Optional<Complaint> objection(StationInfo station, Protocol protocol, ProfileOrder order) {
    return Optional.empty();
  }

  @Override
  public Consumer<OrderAnswer> sending(StationInfo station, ProfileOrder order) {
    return answer -> {};
  }

  @Override
  public CompletionStage<Void> limit(StationInfo station, LimitReport report, Instant at) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> limitCleared(
      StationInfo station, int evseNo, String source, Instant at) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> profiles(StationInfo station, ProfileReport report, Instant at) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<NeedsReply> needs(StationInfo station, EvNeeds needs, Instant at) {
    return CompletableFuture.completedFuture(REJECTED);
  }

  @Override
  public CompletionStage<NeedsReply> evSchedule(
      StationInfo station, EvSchedule schedule, Instant at) {
    return CompletableFuture.completedFuture(REJECTED);
  }
}
