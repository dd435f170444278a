package org.ampay.power;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** The door of the room: what is sent to stations about profiles, and what they tell. */
public interface PowerPort {

  /** Why a command must not be sent; may block. */
  Optional<Complaint> objection(StationInfo station, Protocol protocol, ProfileOrder order);

  /**
   * A command without objections is about to be sent; may block.
   *
   * @return is told what became of it, may block
   */
  Consumer<OrderAnswer> sending(StationInfo station, ProfileOrder order);

  /** NotifyChargingLimit; done when it is stored. */
  CompletionStage<Void> limit(StationInfo station, LimitReport report, Instant at);

  /**
   * ClearedChargingLimit; done when it is stored.
   *
   * @param evseNo 0: wherever that source had set one
   */
  CompletionStage<Void> limitCleared(StationInfo station, int evseNo, String source, Instant at);

  /** ReportChargingProfiles; done when it is stored. */
  CompletionStage<Void> profiles(StationInfo station, ProfileReport report, Instant at);

  /** NotifyEVChargingNeeds; done when it is stored. */
  CompletionStage<NeedsReply> needs(StationInfo station, EvNeeds needs, Instant at);

  /** NotifyEVChargingSchedule; done when it is stored. */
  CompletionStage<NeedsReply> evSchedule(StationInfo station, EvSchedule schedule, Instant at);
}
