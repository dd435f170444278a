package org.ampay.ocpp.v201;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.ampay.ocpp.edge.CallAnswer;
import org.ampay.ocpp.edge.CallAnswer.Result;
import org.ampay.ocpp.edge.JsonLists;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.v201.wire.ACChargingParametersType;
import org.ampay.ocpp.v201.wire.ChargingNeedsType;
import org.ampay.ocpp.v201.wire.ClearedChargingLimitRequest;
import org.ampay.ocpp.v201.wire.ClearedChargingLimitResponse;
import org.ampay.ocpp.v201.wire.DCChargingParametersType;
import org.ampay.ocpp.v201.wire.GenericStatusEnumType;
import org.ampay.ocpp.v201.wire.NotifyChargingLimitRequest;
import org.ampay.ocpp.v201.wire.NotifyChargingLimitResponse;
import org.ampay.ocpp.v201.wire.NotifyEVChargingNeedsRequest;
import org.ampay.ocpp.v201.wire.NotifyEVChargingNeedsResponse;
import org.ampay.ocpp.v201.wire.NotifyEVChargingNeedsStatusEnumType;
import org.ampay.ocpp.v201.wire.NotifyEVChargingScheduleRequest;
import org.ampay.ocpp.v201.wire.NotifyEVChargingScheduleResponse;
import org.ampay.ocpp.v201.wire.ReportChargingProfilesRequest;
import org.ampay.ocpp.v201.wire.ReportChargingProfilesResponse;
import org.ampay.ocpp.wire.Wire;
import org.ampay.power.EvNeeds;
import org.ampay.power.EvSchedule;
import org.ampay.power.LimitReport;
import org.ampay.power.NeedsReply;
import org.ampay.power.PowerPort;
import org.ampay.power.ProfileReport;
import org.jspecify.annotations.Nullable;

/** What OCPP 2.0.1 stations tell about limits, profiles and the needs of EVs (block K). */
final class SmartCharging201 {

  private final PowerPort power;

  SmartCharging201(PowerPort power) {
    this.power = power;
  }

  CompletionStage<CallAnswer> limit(StationCall call, NotifyChargingLimitRequest limit) {
    LimitReport report =
        new LimitReport(
            whole(limit.evseId()),
            limit.chargingLimit().chargingLimitSource().wireName(),
            limit.chargingLimit().isGridCritical(),
            limit.chargingSchedule().stream().map(Profiles201::schedule).toList(),
            JsonLists.of(limit.chargingSchedule()));
    return power
        .limit(call.station(), report, call.receivedAt())
        .thenApply(stored -> new Result(NotifyChargingLimitResponse.of()));
  }

  CompletionStage<CallAnswer> cleared(StationCall call, ClearedChargingLimitRequest cleared) {
    return power
        .limitCleared(
            call.station(),
            whole(cleared.evseId()),
            cleared.chargingLimitSource().wireName(),
            call.receivedAt())
        .thenApply(stored -> new Result(ClearedChargingLimitResponse.of()));
  }

  private static int whole(@Nullable Integer evseId) {
    return evseId == null ? 0 : evseId;
  }

  CompletionStage<CallAnswer> profiles(StationCall call, ReportChargingProfilesRequest report) {
    List<ProfileReport.Item> items =
        report.chargingProfile().stream()
            .map(wire -> new ProfileReport.Item(Profiles201.profile(wire), Wire.toJson(wire)))
            .toList();
    ProfileReport part =
        new ProfileReport(
            report.requestId(),
            report.evseId(),
            report.chargingLimitSource().wireName(),
            items,
            Boolean.TRUE.equals(report.tbc()));
    return power
        .profiles(call.station(), part, call.receivedAt())
        .thenApply(stored -> new Result(ReportChargingProfilesResponse.of()));
  }

  CompletionStage<CallAnswer> needs(StationCall call, NotifyEVChargingNeedsRequest request) {
    ChargingNeedsType needs = request.chargingNeeds();
    EvNeeds told =
        new EvNeeds(
            request.evseId(),
            request.maxScheduleTuples(),
            ask(needs),
            needs.departureTime(),
            Wire.toJson(needs));
    return power
        .needs(call.station(), told, call.receivedAt())
        .thenApply(
            reply ->
                new Result(
                    NotifyEVChargingNeedsResponse.of(needsStatus(reply.verdict())),
                    "",
                    reply.then()));
  }

  /** Null when the parameters of the way in which it wants its energy are missing. */
  private static EvNeeds.@Nullable Ask ask(ChargingNeedsType needs) {
    return switch (needs.requestedEnergyTransfer()) {
      case DC -> direct(needs.dcChargingParameters());
      case AC_single_phase -> alternating(1, needs.acChargingParameters());
      case AC_two_phase -> alternating(2, needs.acChargingParameters());
      case AC_three_phase -> alternating(3, needs.acChargingParameters());
    };
  }

  private static EvNeeds.@Nullable Ask alternating(
      int phases, @Nullable ACChargingParametersType ac) {
    return ac == null
        ? null
        : new EvNeeds.Ac(
            phases, BigDecimal.valueOf(ac.evMinCurrent()), BigDecimal.valueOf(ac.evMaxCurrent()));
  }

  private static EvNeeds.@Nullable Ask direct(@Nullable DCChargingParametersType dc) {
    if (dc == null) {
      return null;
    }
    BigDecimal product = BigDecimal.valueOf((long) dc.evMaxCurrent() * dc.evMaxVoltage());
    Integer power = dc.evMaxPower();
    return new EvNeeds.Dc(power == null ? product : product.min(BigDecimal.valueOf(power)));
  }

  private static NotifyEVChargingNeedsStatusEnumType needsStatus(NeedsReply.Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> NotifyEVChargingNeedsStatusEnumType.Accepted;
      case PROCESSING -> NotifyEVChargingNeedsStatusEnumType.Processing;
      case REJECTED -> NotifyEVChargingNeedsStatusEnumType.Rejected;
    };
  }

  CompletionStage<CallAnswer> schedule(StationCall call, NotifyEVChargingScheduleRequest request) {
    EvSchedule told =
        new EvSchedule(
            request.evseId(),
            request.timeBase(),
            Profiles201.schedule(request.chargingSchedule()),
            Wire.toJson(request.chargingSchedule()));
    return power
        .evSchedule(call.station(), told, call.receivedAt())
        .thenApply(
            reply ->
                new Result(
                    NotifyEVChargingScheduleResponse.of(
                        reply.verdict() == NeedsReply.Verdict.REJECTED
                            ? GenericStatusEnumType.Rejected
                            : GenericStatusEnumType.Accepted),
                    "",
                    reply.then()));
  }
}
