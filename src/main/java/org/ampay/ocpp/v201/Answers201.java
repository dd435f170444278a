package org.ampay.ocpp.v201;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.ocpp.v201.wire.ClearMonitoringResultType;
import org.ampay.ocpp.v201.wire.ClearMonitoringStatusEnumType;
import org.ampay.ocpp.v201.wire.ClearVariableMonitoringRequest;
import org.ampay.ocpp.v201.wire.GenericDeviceModelStatusEnumType;
import org.ampay.ocpp.v201.wire.GenericStatusEnumType;
import org.ampay.ocpp.v201.wire.GetBaseReportRequest;
import org.ampay.ocpp.v201.wire.GetMonitoringReportRequest;
import org.ampay.ocpp.v201.wire.GetReportRequest;
import org.ampay.ocpp.v201.wire.GetVariableResultType;
import org.ampay.ocpp.v201.wire.GetVariablesRequest;
import org.ampay.ocpp.v201.wire.MonitorEnumType;
import org.ampay.ocpp.v201.wire.SetMonitoringBaseRequest;
import org.ampay.ocpp.v201.wire.SetMonitoringDataType;
import org.ampay.ocpp.v201.wire.SetMonitoringLevelRequest;
import org.ampay.ocpp.v201.wire.SetMonitoringResultType;
import org.ampay.ocpp.v201.wire.SetMonitoringStatusEnumType;
import org.ampay.ocpp.v201.wire.SetVariableDataType;
import org.ampay.ocpp.v201.wire.SetVariableMonitoringRequest;
import org.ampay.ocpp.v201.wire.SetVariableResultType;
import org.ampay.ocpp.v201.wire.SetVariablesRequest;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.device.MonitorFact;
import org.ampay.station.device.Observation;
import org.ampay.station.device.Observation.Source;
import org.ampay.station.device.VariableFact;
import org.ampay.station.device.VariableKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What answers to the device model's commands tell of a station. */
final class Answers201 {

  static final Set<String> TELLING =
      Set.of(
          "GetVariables",
          "SetVariables",
          "GetBaseReport",
          "GetReport",
          "GetMonitoringReport",
          "SetVariableMonitoring",
          "ClearVariableMonitoring",
          "SetMonitoringBase",
          "SetMonitoringLevel");

  private static final Logger LOG = LoggerFactory.getLogger(Answers201.class);

  /** By this an answer's item finds what was asked. */
  private record Wanted(VariableKey key, MonitorEnumType type, int severity) {}

  List<Observation> observed(String action, Payload request, Payload answer) {
    try {
      return List.of(told(action, request, answer));
    } catch (WireException e) {
      LOG.warn("{} and its answer cannot be read again", action, e);
      return List.of();
    }
  }

  private static Observation told(String action, Payload request, Payload answer)
      throws WireException {
    return switch (action) {
      case "GetVariables" ->
          read(GetVariablesRequest.TYPE.readResponse(answer).getVariableResult());
      case "SetVariables" ->
          written(
              SetVariablesRequest.TYPE.readRequest(request).setVariableData(),
              SetVariablesRequest.TYPE.readResponse(answer).setVariableResult());
      case "GetBaseReport" -> {
        GetBaseReportRequest asked = GetBaseReportRequest.TYPE.readRequest(request);
        yield report(
            "variables",
            asked.requestId(),
            asked.reportBase().wireName(),
            GetBaseReportRequest.TYPE.readResponse(answer).status());
      }
      case "GetReport" ->
          report(
              "variables",
              GetReportRequest.TYPE.readRequest(request).requestId(),
              "GetReport",
              GetReportRequest.TYPE.readResponse(answer).status());
      case "GetMonitoringReport" -> {
        GetMonitoringReportRequest asked = GetMonitoringReportRequest.TYPE.readRequest(request);
        boolean all = asked.componentVariable().isEmpty() && asked.monitoringCriteria().isEmpty();
        yield report(
            "monitors",
            asked.requestId(),
            all ? "GetMonitoringReport" : "GetMonitoringReport (part)",
            GetMonitoringReportRequest.TYPE.readResponse(answer).status());
      }
      case "SetVariableMonitoring" ->
          set(
              SetVariableMonitoringRequest.TYPE.readRequest(request).setMonitoringData(),
              SetVariableMonitoringRequest.TYPE.readResponse(answer).setMonitoringResult());
      case "ClearVariableMonitoring" ->
          cleared(ClearVariableMonitoringRequest.TYPE.readResponse(answer).clearMonitoringResult());
      case "SetMonitoringBase" ->
          SetMonitoringBaseRequest.TYPE.readResponse(answer).status()
                  == GenericDeviceModelStatusEnumType.Accepted
              ? new Observation.Monitoring(
                  SetMonitoringBaseRequest.TYPE.readRequest(request).monitoringBase().wireName(),
                  null)
              : new Observation.Monitoring(null, null);
      case "SetMonitoringLevel" ->
          SetMonitoringLevelRequest.TYPE.readResponse(answer).status()
                  == GenericStatusEnumType.Accepted
              ? new Observation.Monitoring(
                  null, SetMonitoringLevelRequest.TYPE.readRequest(request).severity())
              : new Observation.Monitoring(null, null);
      default -> throw new IllegalArgumentException(action + " tells nothing");
    };
  }

  private static Observation report(
      String kind, int requestId, String asked, GenericDeviceModelStatusEnumType status) {
    return new Observation.ReportAsked(
        kind,
        requestId,
        asked,
        status.wireName(),
        status == GenericDeviceModelStatusEnumType.Accepted);
  }

  private static Observation read(List<GetVariableResultType> results) {
    List<VariableFact> facts = new ArrayList<>();
    List<VariableKey> unknown = new ArrayList<>();
    for (GetVariableResultType result : results) {
      VariableKey key =
          Device201.key(result.component(), result.variable(), result.attributeType());
      switch (result.attributeStatus()) {
        case Accepted -> facts.add(VariableFact.of(key, result.attributeValue()));
        case UnknownComponent, UnknownVariable, NotSupportedAttributeType -> unknown.add(key);
        case Rejected -> {} // it is there, and may not be read
      }
    }
    return new Observation.Values(Source.GET, facts, unknown, false);
  }

  private static Observation written(
      List<SetVariableDataType> wanted, List<SetVariableResultType> results) {
    Map<VariableKey, String> values = new HashMap<>();
    wanted.forEach(
        item ->
            values.put(
                Device201.key(item.component(), item.variable(), item.attributeType()),
                item.attributeValue()));
    List<VariableFact> facts = new ArrayList<>();
    List<VariableKey> unknown = new ArrayList<>();
    for (SetVariableResultType result : results) {
      VariableKey key =
          Device201.key(result.component(), result.variable(), result.attributeType());
      if (!values.containsKey(key)) {
        continue; // it answers to what nobody asked
      }
      switch (result.attributeStatus()) {
        case Accepted -> facts.add(new VariableFact(key, values.get(key), false, null));
        case RebootRequired -> facts.add(new VariableFact(key, values.get(key), true, null));
        case UnknownComponent, UnknownVariable, NotSupportedAttributeType -> unknown.add(key);
        case Rejected -> {}
      }
    }
    return new Observation.Values(Source.SET, facts, unknown, false);
  }

  private static Observation set(
      List<SetMonitoringDataType> wanted, List<SetMonitoringResultType> results) {
    Map<Wanted, SetMonitoringDataType> asked = new HashMap<>();
    wanted.forEach(
        item ->
            asked.put(
                new Wanted(
                    Device201.key(item.component(), item.variable(), null),
                    item.type(),
                    item.severity()),
                item));
    List<MonitorFact> facts = new ArrayList<>();
    for (SetMonitoringResultType result : results) {
      VariableKey key = Device201.key(result.component(), result.variable(), null);
      SetMonitoringDataType item = asked.get(new Wanted(key, result.type(), result.severity()));
      Integer id = result.id();
      if (item != null && id != null && result.status() == SetMonitoringStatusEnumType.Accepted) {
        facts.add(
            new MonitorFact(
                id,
                key,
                item.type().wireName(),
                Device201.number(item.value(), 100),
                item.severity(),
                item.transactionOrDefault()));
      }
    }
    return new Observation.Monitors(facts, List.of());
  }

  private static Observation cleared(List<ClearMonitoringResultType> results) {
    return new Observation.Monitors(
        List.of(),
        results.stream()
            .filter(result -> result.status() != ClearMonitoringStatusEnumType.Rejected)
            .map(ClearMonitoringResultType::id)
            .toList());
  }
}
