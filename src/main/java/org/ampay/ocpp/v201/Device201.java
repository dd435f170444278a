package org.ampay.ocpp.v201;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.ampay.ocpp.v201.wire.AttributeEnumType;
import org.ampay.ocpp.v201.wire.ComponentType;
import org.ampay.ocpp.v201.wire.EVSEType;
import org.ampay.ocpp.v201.wire.EventDataType;
import org.ampay.ocpp.v201.wire.MonitoringDataType;
import org.ampay.ocpp.v201.wire.ReportDataType;
import org.ampay.ocpp.v201.wire.VariableAttributeType;
import org.ampay.ocpp.v201.wire.VariableCharacteristicsType;
import org.ampay.ocpp.v201.wire.VariableMonitoringType;
import org.ampay.ocpp.v201.wire.VariableType;
import org.ampay.station.device.DeviceEvent;
import org.ampay.station.device.MonitorFact;
import org.ampay.station.device.VariableFact;
import org.ampay.station.device.VariableFact.Traits;
import org.ampay.station.device.VariableKey;
import org.jspecify.annotations.Nullable;

/** Translates components, variables, monitors and events of the wire. */
final class Device201 {

  private Device201() {}

  /** Names one attribute; none named means Actual. */
  static VariableKey key(
      ComponentType component, VariableType variable, @Nullable AttributeEnumType attribute) {
    EVSEType evse = component.evse();
    Integer connector = evse == null ? null : evse.connectorId();
    return new VariableKey(
        component.name(),
        orEmpty(component.instance()),
        evse == null ? 0 : evse.id(),
        connector == null ? 0 : connector,
        variable.name(),
        orEmpty(variable.instance()),
        attribute == null ? VariableKey.ACTUAL : attribute.wireName());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** All attributes of a report's items. */
  static List<VariableFact> facts(List<ReportDataType> items) {
    List<VariableFact> facts = new ArrayList<>();
    for (ReportDataType item : items) {
      for (VariableAttributeType attribute : item.variableAttribute()) {
        facts.add(
            new VariableFact(
                key(item.component(), item.variable(), attribute.type()),
                attribute.value(),
                false,
                traits(attribute, item.variableCharacteristics())));
      }
    }
    return facts;
  }

  private static Traits traits(
      VariableAttributeType attribute, @Nullable VariableCharacteristicsType has) {
    String mutability = attribute.mutability() == null ? null : attribute.mutability().wireName();
    if (has == null) {
      return new Traits(
          mutability,
          attribute.persistent(),
          attribute.constant(),
          null,
          null,
          null,
          null,
          null,
          null);
    }
    return new Traits(
        mutability,
        attribute.persistent(),
        attribute.constant(),
        has.dataType().wireName(),
        has.unit(),
        limit(has.minLimit()),
        limit(has.maxLimit()),
        has.valuesList(),
        has.supportsMonitoring());
  }

  private static @Nullable String limit(@Nullable BigDecimal number) {
    return number == null ? null : number(number, 40);
  }

  static String number(BigDecimal number, int most) {
    // A scale of thousands would be a text of thousands.
    String plain = Math.abs(number.scale()) > most ? number.toString() : number.toPlainString();
    return plain.length() <= most ? plain : plain.substring(0, most);
  }

  /** All monitors of a report's items. */
  static List<MonitorFact> monitors(List<MonitoringDataType> items) {
    List<MonitorFact> facts = new ArrayList<>();
    for (MonitoringDataType item : items) {
      for (VariableMonitoringType monitor : item.variableMonitoring()) {
        facts.add(
            new MonitorFact(
                monitor.id(),
                key(item.component(), item.variable(), null),
                monitor.type().wireName(),
                number(monitor.value(), 100),
                monitor.severity(),
                monitor.transaction()));
      }
    }
    return facts;
  }

  /** All events, in their order. */
  static List<DeviceEvent> events(List<EventDataType> items) {
    return items.stream().map(Device201::event).toList();
  }

  private static DeviceEvent event(EventDataType event) {
    return new DeviceEvent(
        event.eventId(),
        event.timestamp(),
        key(event.component(), event.variable(), null),
        event.trigger().wireName(),
        event.actualValue(),
        event.cause(),
        event.cleared(),
        event.variableMonitoringId(),
        event.eventNotificationType().wireName(),
        event.techCode(),
        event.techInfo(),
        event.transactionId());
  }
}
