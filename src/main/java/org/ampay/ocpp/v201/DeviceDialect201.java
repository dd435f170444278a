package org.ampay.ocpp.v201;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.ampay.ocpp.edge.Chunks;
import org.ampay.ocpp.edge.DeviceDialect;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.ocpp.v201.wire.ClearVariableMonitoringRequest;
import org.ampay.ocpp.v201.wire.ClearVariableMonitoringResponse;
import org.ampay.ocpp.v201.wire.GetBaseReportRequest;
import org.ampay.ocpp.v201.wire.GetMonitoringReportRequest;
import org.ampay.ocpp.v201.wire.GetReportRequest;
import org.ampay.ocpp.v201.wire.GetVariablesRequest;
import org.ampay.ocpp.v201.wire.GetVariablesResponse;
import org.ampay.ocpp.v201.wire.MessageTriggerEnumType;
import org.ampay.ocpp.v201.wire.ReportBaseEnumType;
import org.ampay.ocpp.v201.wire.SetVariableDataType;
import org.ampay.ocpp.v201.wire.SetVariableMonitoringRequest;
import org.ampay.ocpp.v201.wire.SetVariableMonitoringResponse;
import org.ampay.ocpp.v201.wire.SetVariablesRequest;
import org.ampay.ocpp.v201.wire.SetVariablesResponse;
import org.ampay.ocpp.v201.wire.TriggerMessageRequest;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.station.device.Observation;
import org.ampay.station.device.VariableKey;

/** The device model's commands of OCPP 2.0.1: their limits and what their answers tell. */
public final class DeviceDialect201 implements DeviceDialect {

  /** What surrounds the items of a message: brackets, message id, action, names of fields. */
  private static final int FRAME_BYTES = 150;

  private static final int NO_LIMIT = 1 << 20;

  private final Answers201 answers = new Answers201();

  @Override
  public Set<String> limited() {
    return Set.of(
        "GetVariables",
        "SetVariables",
        "GetReport",
        "GetMonitoringReport",
        "SetVariableMonitoring",
        "ClearVariableMonitoring");
  }

  @Override
  public Set<String> telling() {
    return Answers201.TELLING;
  }

  @Override
  public Plan plan(String action, String payload, Limits limits) {
    try {
      return planned(action, Payload.of(payload), limits);
    } catch (WireException broken) {
      // Whoever sends it names the field.
      return new Plan.Parts(List.of(payload));
    }
  }

  private static Plan planned(String action, Payload payload, Limits limits) throws WireException {
    return switch (action) {
      case "GetVariables" -> {
        GetVariablesRequest request = GetVariablesRequest.TYPE.readOwnRequest(payload);
        yield split(
            new Size(action, "DeviceDataCtrlr", limits),
            new Whole<>("getVariableData", payload, request.getVariableData()),
            DeviceDialect201::bytes,
            items -> new GetVariablesRequest(items, request.customData()));
      }
      case "SetVariables" -> set(SetVariablesRequest.TYPE.readOwnRequest(payload), payload, limits);
      case "SetVariableMonitoring" -> {
        var request = SetVariableMonitoringRequest.TYPE.readOwnRequest(payload);
        yield split(
            new Size(action, "MonitoringCtrlr", limits),
            new Whole<>("setMonitoringData", payload, request.setMonitoringData()),
            DeviceDialect201::bytes,
            items -> new SetVariableMonitoringRequest(items, request.customData()));
      }
      case "ClearVariableMonitoring" -> {
        var request = ClearVariableMonitoringRequest.TYPE.readOwnRequest(payload);
        yield split(
            new Size(action, "MonitoringCtrlr", limits),
            new Whole<>("id", payload, request.id()),
            id -> 12,
            ids -> new ClearVariableMonitoringRequest(ids, request.customData()));
      }
      case "GetReport" ->
          whole(
              new Size(action, "DeviceDataCtrlr", limits),
              GetReportRequest.TYPE.readOwnRequest(payload).componentVariable().size(),
              payload);
      case "GetMonitoringReport" ->
          // The standard has no limit of its own for it.
          whole(
              new Size("GetReport", "DeviceDataCtrlr", limits),
              GetMonitoringReportRequest.TYPE.readOwnRequest(payload).componentVariable().size(),
              payload);
      default -> new Plan.Parts(List.of(payload.text()));
    };
  }

  /** A request as it came, and the field that holds its items. */
  private record Whole<T>(String field, Payload payload, List<T> items) {}

  /** What the station says that it takes of one kind of message. */
  private record Size(String action, String controller, Limits limits) {

    int items() {
      return limits.of(VariableKey.of(controller, "ItemsPerMessage", action)).orElse(NO_LIMIT);
    }

    int bytes() {
      return limits.of(VariableKey.of(controller, "BytesPerMessage", action)).orElse(NO_LIMIT);
    }
  }

  /** In one piece it is sent as it came. */
  private static <T> Plan split(
      Size size, Whole<T> whole, ToIntFunction<T> bytes, Function<List<T>, WireObject> message) {
    int most = size.bytes();
    return Chunks.of(whole.items(), size.items(), most - FRAME_BYTES, bytes)
        .<Plan>map(
            chunks ->
                new Plan.Parts(
                    chunks.size() == 1
                        ? List.of(whole.payload().text())
                        : chunks.stream().map(message).map(Wire::toJson).toList()))
        .orElseGet(
            () ->
                new Plan.Refused(
                    whole.field(),
                    "has an item larger than the " + most + " bytes the station takes"));
  }

  /** B05.FR.13: nothing twice in one message. */
  private static Plan set(SetVariablesRequest request, Payload payload, Limits limits) {
    Set<VariableKey> named = new HashSet<>();
    List<SetVariableDataType> items = request.setVariableData();
    for (int i = 0; i < items.size(); i++) {
      SetVariableDataType item = items.get(i);
      VariableKey key = Device201.key(item.component(), item.variable(), item.attributeType());
      if (!named.add(key)) {
        return new Plan.Refused(
            "setVariableData[" + i + "]", "names " + key.text() + " a second time");
      }
    }
    return split(
        new Size("SetVariables", "DeviceDataCtrlr", limits),
        new Whole<>("setVariableData", payload, items),
        DeviceDialect201::bytes,
        some -> new SetVariablesRequest(some, request.customData()));
  }

  /** A report cannot be asked for in parts: its request id is one. */
  private static Plan whole(Size size, int items, Payload payload) {
    int most = size.items();
    if (items > most) {
      return new Plan.Refused(
          "componentVariable", "has " + items + " items, and the station takes " + most);
    }
    int bytes = size.bytes();
    return payload.length() + FRAME_BYTES > bytes
        ? new Plan.Refused(
            "componentVariable", "is larger than the " + bytes + " bytes the station takes")
        : new Plan.Parts(List.of(payload.text()));
  }

  private static int bytes(WireObject item) {
    return Wire.toBytes(item).length + 1;
  }

  @Override
  public String merged(String action, List<String> parts) {
    try {
      return Wire.toJson(
          switch (action) {
            case "GetVariables" ->
                GetVariablesResponse.of(
                    all(
                        parts,
                        GetVariablesRequest.TYPE::readResponse,
                        GetVariablesResponse::getVariableResult));
            case "SetVariables" ->
                SetVariablesResponse.of(
                    all(
                        parts,
                        SetVariablesRequest.TYPE::readResponse,
                        SetVariablesResponse::setVariableResult));
            case "SetVariableMonitoring" ->
                SetVariableMonitoringResponse.of(
                    all(
                        parts,
                        SetVariableMonitoringRequest.TYPE::readResponse,
                        SetVariableMonitoringResponse::setMonitoringResult));
            case "ClearVariableMonitoring" ->
                ClearVariableMonitoringResponse.of(
                    all(
                        parts,
                        ClearVariableMonitoringRequest.TYPE::readResponse,
                        ClearVariableMonitoringResponse::clearMonitoringResult));
            default -> throw new IllegalArgumentException(action + " is not sent in parts");
          });
    } catch (WireException e) {
      throw new IllegalStateException("an answer that was checked before", e);
    }
  }

  /** Reads an answer. */
  @FunctionalInterface
  private interface Reader<A> {
    A read(Payload payload) throws WireException;
  }

  private static <A, T> List<T> all(
      List<String> parts, Reader<A> reader, Function<A, List<T>> items) throws WireException {
    List<T> all = new ArrayList<>();
    for (String part : parts) {
      all.addAll(items.apply(reader.read(Payload.of(part))));
    }
    return all;
  }

  @Override
  public List<Observation> observed(String action, String payload, String answer) {
    return answers.observed(action, Payload.of(payload), Payload.of(answer));
  }

  @Override
  public Order readModel(int requestId) {
    return new Order(
        "GetBaseReport",
        Wire.toJson(GetBaseReportRequest.of(requestId, ReportBaseEnumType.FullInventory)));
  }

  @Override
  public Optional<Order> readMonitors(int requestId) {
    return Optional.of(
        new Order("GetMonitoringReport", Wire.toJson(GetMonitoringReportRequest.of(requestId))));
  }

  @Override
  public Order bootAgain() {
    return new Order(
        "TriggerMessage",
        Wire.toJson(TriggerMessageRequest.of(MessageTriggerEnumType.BootNotification)));
  }
}
