package org.ampay.ocpp.v16;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.ocpp.edge.Chunks;
import org.ampay.ocpp.edge.DeviceDialect;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.ocpp.v16.wire.ChangeConfigurationRequest;
import org.ampay.ocpp.v16.wire.GetConfigurationRequest;
import org.ampay.ocpp.v16.wire.GetConfigurationResponse;
import org.ampay.ocpp.v16.wire.KeyValue;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.device.Observation;
import org.ampay.station.device.Observation.Source;
import org.ampay.station.device.VariableFact;
import org.ampay.station.device.VariableFact.Traits;
import org.ampay.station.device.VariableKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GetConfiguration and ChangeConfiguration: no more keys than the station takes, answers kept. */
public final class DeviceDialect16 implements DeviceDialect {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceDialect16.class);
  private static final String GET = "GetConfiguration";
  private static final String CHANGE = "ChangeConfiguration";
  private static final VariableKey MAX_KEYS = VariableKey.setting("GetConfigurationMaxKeys");

  @Override
  public Set<String> limited() {
    return Set.of(GET);
  }

  @Override
  public Set<String> telling() {
    return Set.of(GET, CHANGE);
  }

  @Override
  public Plan plan(String action, String payload, Limits limits) {
    try {
      List<String> keys = GetConfigurationRequest.TYPE.readOwnRequest(Payload.of(payload)).key();
      int most = limits.of(MAX_KEYS).orElse(Integer.MAX_VALUE);
      if (keys.size() <= most) {
        return new Plan.Parts(List.of(payload));
      }
      return new Plan.Parts(
          Chunks.of(keys, most, Integer.MAX_VALUE, key -> 1).orElseThrow().stream()
              .map(some -> Wire.toJson(new GetConfigurationRequest(some)))
              .toList());
    } catch (WireException broken) {
      // Whoever sends it names the field.
      return new Plan.Parts(List.of(payload));
    }
  }

  @Override
  public String merged(String action, List<String> answers) {
    List<KeyValue> known = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    try {
      for (String answer : answers) {
        GetConfigurationResponse part =
            GetConfigurationRequest.TYPE.readResponse(Payload.of(answer));
        known.addAll(part.configurationKey());
        unknown.addAll(part.unknownKey());
      }
    } catch (WireException e) {
      throw new IllegalStateException("an answer that was checked before", e);
    }
    return Wire.toJson(new GetConfigurationResponse(known, unknown));
  }

  @Override
  public List<Observation> observed(String action, String payload, String answer) {
    try {
      return action.equals(GET)
          ? List.of(read(Payload.of(payload), Payload.of(answer)))
          : changed(Payload.of(payload), Payload.of(answer));
    } catch (WireException e) {
      LOG.warn("{} and its answer cannot be read again", action, e);
      return List.of();
    }
  }

  private static Observation read(Payload request, Payload answer) throws WireException {
    GetConfigurationResponse told = GetConfigurationRequest.TYPE.readResponse(answer);
    List<VariableFact> facts =
        told.configurationKey().stream()
            .map(
                item ->
                    new VariableFact(
                        VariableKey.setting(item.key()),
                        item.value(),
                        false,
                        Traits.ofSetting(item.readonly())))
            .toList();
    List<VariableKey> unknown =
        told.unknownKey().stream()
            .filter(key -> key.length() <= 50)
            .map(VariableKey::setting)
            .toList();
    // Without keys the station tells all it has; an answer with nothing in it tells nothing.
    boolean everything =
        GetConfigurationRequest.TYPE.readRequest(request).key().isEmpty() && !facts.isEmpty();
    return new Observation.Values(Source.GET, facts, unknown, everything);
  }

  private static List<Observation> changed(Payload request, Payload answer) throws WireException {
    ChangeConfigurationRequest wanted = ChangeConfigurationRequest.TYPE.readRequest(request);
    VariableKey key = VariableKey.setting(wanted.key());
    return switch (ChangeConfigurationRequest.TYPE.readResponse(answer).status()) {
      case Accepted -> set(new VariableFact(key, wanted.value(), false, null));
      case RebootRequired -> set(new VariableFact(key, wanted.value(), true, null));
      case NotSupported ->
          List.of(new Observation.Values(Source.SET, List.of(), List.of(key), false));
      case Rejected -> List.of();
    };
  }

  private static List<Observation> set(VariableFact fact) {
    return List.of(new Observation.Values(Source.SET, List.of(fact), List.of(), false));
  }

  @Override
  public Order readModel(int requestId) {
    return new Order(GET, "{}");
  }

  @Override
  public Optional<Order> readMonitors(int requestId) {
    return Optional.empty();
  }

  @Override
  public Order bootAgain() {
    return new Order("TriggerMessage", "{\"requestedMessage\":\"BootNotification\"}");
  }
}
