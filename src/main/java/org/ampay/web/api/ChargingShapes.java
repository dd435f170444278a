package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.power.CompositeRow;
import org.ampay.power.EvScheduleRow;
import org.ampay.power.LimitRow;
import org.ampay.power.NeedsRow;
import org.ampay.power.PlacedProfile;
import org.ampay.power.ProfileQuery;
import org.ampay.power.SmartCharging;
import org.ampay.web.http.Field;
import org.ampay.web.http.JsonCodec;
import org.jspecify.annotations.Nullable;

/** What the API says about smart charging. */
final class ChargingShapes {

  private ChargingShapes() {}

  /** A profile in the words of no version. */
  record NewProfile(
      @Field("0: the whole station; 1.6: the connector") int evse,
      @Field("absent: a free one; that of a present profile takes its place") @Nullable Integer id,
      @Field("station_max, tx_default or tx") String purpose,
      @Nullable Integer stackLevel,
      @Field("Absolute (also when absent), Recurring or Relative") @Nullable String kind,
      @Field("Daily or Weekly, of a Recurring one") @Nullable String recurrency,
      @Nullable Instant validFrom,
      @Nullable Instant validTo,
      @Field("of a tx profile: the running transaction") @Nullable String transactionId,
      @Field("A (a phase) or W") String unit,
      @Field("absent: now, unless it is Relative") @Nullable Instant start,
      @Nullable Integer durationSeconds,
      List<NewPeriod> periods) {}

  record NewPeriod(
      @Field("seconds since the schedule's start") int start,
      BigDecimal limit,
      @Nullable Integer phases) {}

  record ProfileOut(
      long recordId,
      int evse,
      int id,
      int stackLevel,
      String purpose,
      @Nullable String transactionId,
      @Field("CSO: set here; EMS, SO, Other: reported by the station") String source,
      @Field("requested, accepted, rejected, unknown, replaced, cleared, missing") String state,
      @Nullable String reason,
      @Nullable Instant validFrom,
      @Nullable Instant validTo,
      Instant changedAt,
      @Field("in the words of the station's version") JsonNode profile) {}

  record LimitOut(
      int evse,
      String source,
      @Nullable Boolean gridCritical,
      JsonNode schedules,
      Instant receivedAt,
      @Nullable Instant clearedAt) {}

  record NeedsOut(
      int evse,
      @Nullable String transactionId,
      JsonNode needs,
      @Field("Accepted, Processing or Rejected") String status,
      @Nullable String reason,
      @Field("of the profile that followed") @Nullable Integer profileId,
      Instant receivedAt) {}

  record EvScheduleOut(
      int evse,
      Instant timeBase,
      JsonNode schedule,
      boolean accepted,
      @Nullable String reason,
      Instant receivedAt) {}

  record CompositeOut(
      int evse,
      Instant askedAt,
      boolean accepted,
      @Nullable String reason,
      @Nullable Instant start,
      @Nullable Integer durationSeconds,
      @Nullable String unit,
      @Nullable JsonNode periods) {}

  record QueryOut(
      int requestId,
      @Field("asked, receiving, complete, none, failed") String state,
      int profiles,
      Instant askedAt,
      @Nullable Instant finishedAt) {}

  record ChargingOut(
      List<ProfileOut> profiles,
      List<LimitOut> limits,
      List<NeedsOut> needs,
      List<EvScheduleOut> evSchedules,
      List<CompositeOut> compositeSchedules,
      List<QueryOut> queries) {}

  static ChargingOut of(SmartCharging.Overview known) {
    return new ChargingOut(
        known.profiles().stream().map(ChargingShapes::of).toList(),
        known.limits().stream().map(ChargingShapes::of).toList(),
        known.needs().stream().map(ChargingShapes::of).toList(),
        known.schedules().stream().map(ChargingShapes::of).toList(),
        known.composites().stream().map(ChargingShapes::of).toList(),
        known.queries().stream().map(ChargingShapes::of).toList());
  }

  static ProfileOut of(PlacedProfile row) {
    return new ProfileOut(
        row.id(),
        row.evseNo(),
        row.profileId(),
        row.stackLevel(),
        row.purpose().word(),
        row.transactionId(),
        row.source(),
        row.state().word(),
        row.reason(),
        row.validFrom(),
        row.validTo(),
        row.changedAt(),
        JsonCodec.tree(row.json()));
  }

  private static LimitOut of(LimitRow row) {
    return new LimitOut(
        row.evseNo(),
        row.source(),
        row.gridCritical(),
        JsonCodec.tree(row.schedules()),
        row.received(),
        row.cleared());
  }

  private static NeedsOut of(NeedsRow row) {
    return new NeedsOut(
        row.evseNo(),
        row.transactionId(),
        JsonCodec.tree(row.json()),
        row.status(),
        row.reason(),
        row.profileId(),
        row.received());
  }

  private static EvScheduleOut of(EvScheduleRow row) {
    return new EvScheduleOut(
        row.evseNo(),
        row.base(),
        JsonCodec.tree(row.json()),
        row.accepted(),
        row.reason(),
        row.received());
  }

  private static CompositeOut of(CompositeRow row) {
    String periods = row.periods();
    return new CompositeOut(
        row.evseNo(),
        row.asked(),
        row.accepted(),
        row.reason(),
        row.starts(),
        row.durationSeconds(),
        row.unit(),
        periods == null ? null : JsonCodec.tree(periods));
  }

  private static QueryOut of(ProfileQuery row) {
    return new QueryOut(row.requestId(), row.state(), row.profiles(), row.asked(), row.finished());
  }
}
