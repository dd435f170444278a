package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import org.ampay.station.device.DeviceEvent;
import org.ampay.station.device.DeviceReadStore.EventRow;
import org.ampay.station.device.DeviceReadStore.MonitorRow;
import org.ampay.station.device.DeviceReadStore.Summary;
import org.ampay.station.device.Difference;
import org.ampay.station.device.MonitorFact;
import org.ampay.station.device.ReportRow;
import org.ampay.station.device.StationImport.LineError;
import org.ampay.station.device.UnknownStations.Unknown;
import org.ampay.station.device.ValueChange;
import org.ampay.station.device.VariableFact.Traits;
import org.ampay.station.device.VariableKey;
import org.ampay.station.device.VariableRow;
import org.ampay.web.http.Field;
import org.ampay.web.http.Ref;
import org.jspecify.annotations.Nullable;

/** What goes in and comes out of the calls for device models, admission and onboarding. */
final class DeviceShapes {

  private DeviceShapes() {}

  record PlaceOut(
      @Field("empty for a setting of OCPP 1.6") String component,
      String componentInstance,
      @Field("0: none") int evse,
      @Field("0: none") int connector,
      String variable,
      String variableInstance,
      String attribute) {

    static PlaceOut of(VariableKey key) {
      return new PlaceOut(
          key.component(),
          key.componentInstance(),
          key.evseNo(),
          key.connectorNo(),
          key.variable(),
          key.variableInstance(),
          key.attribute());
    }
  }

  record VariableOut(
      long id,
      PlaceOut place,
      @Field("passwords and keys are ***") @Nullable String value,
      @Field("accepted, valid after the next boot") @Nullable String pendingValue,
      @Nullable String mutability,
      @Nullable Boolean persistent,
      @Nullable Boolean constant,
      @Nullable String dataType,
      @Nullable String unit,
      @Nullable String minLimit,
      @Nullable String maxLimit,
      @Nullable String valuesList,
      @Nullable Boolean supportsMonitoring,
      @Field("report, get or set") String source,
      Instant firstAt,
      Instant changedAt,
      Instant confirmedAt) {

    static VariableOut of(VariableRow row) {
      Traits traits = row.traits();
      return new VariableOut(
          row.id(),
          PlaceOut.of(row.key()),
          row.value(),
          row.pending(),
          traits.mutability(),
          traits.persistent(),
          traits.constant(),
          traits.dataType(),
          traits.unit(),
          traits.minLimit(),
          traits.maxLimit(),
          traits.valuesList(),
          traits.supportsMonitoring(),
          row.source(),
          row.firstAt(),
          row.changedAt(),
          row.confirmedAt());
    }
  }

  record ChangeOut(
      long id,
      PlaceOut place,
      Instant at,
      @Nullable String before,
      @Nullable String after,
      @Field("false: the station has the variable no longer") boolean present,
      String source) {

    static ChangeOut of(ValueChange change) {
      return new ChangeOut(
          change.id(),
          PlaceOut.of(change.key()),
          change.at(),
          change.before(),
          change.after(),
          change.present(),
          change.source());
    }
  }

  record ReportOut(
      long id,
      @Field("variables or monitors") String kind,
      long requestId,
      @Field("what was asked for; empty: nothing was") String asked,
      @Field("asked, receiving, complete, refused") String state,
      @Nullable String answer,
      int parts,
      int items,
      Instant startedAt,
      @Nullable Instant completedAt) {

    static ReportOut of(ReportRow row) {
      return new ReportOut(
          row.id(),
          row.kind(),
          row.requestId(),
          row.asked(),
          row.state(),
          row.answer(),
          row.parts(),
          row.items(),
          row.startedAt(),
          row.completedAt());
    }
  }

  record MonitorOut(
      int id,
      PlaceOut place,
      String type,
      String value,
      int severity,
      @Field("active during transactions only") boolean transaction,
      Instant updatedAt) {

    static MonitorOut of(MonitorRow row) {
      MonitorFact monitor = row.monitor();
      return new MonitorOut(
          monitor.monitorId(),
          PlaceOut.of(monitor.place()),
          monitor.type(),
          monitor.value(),
          monitor.severity(),
          monitor.duringTransactions(),
          row.updatedAt());
    }
  }

  record MonitoringOut(
      @Field("as last accepted: All, FactoryDefault, HardWiredOnly") @Nullable String base,
      @Field("as last accepted: 0 to 9") @Nullable Integer level,
      @Field("firmware of which the whole model was read") @Nullable String modelFirmware,
      @Nullable Instant modelReadAt) {

    static MonitoringOut of(Summary summary) {
      return new MonitoringOut(
          summary.monitoringBase(),
          summary.monitoringLevel(),
          summary.firmware(),
          summary.readAt());
    }
  }

  record EventOut(
      long id,
      Instant receivedAt,
      @Field("by the station's clock") Instant at,
      int eventId,
      @Field("Alerting, Delta or Periodic") String trigger,
      PlaceOut place,
      String value,
      @Field("the event that caused it") @Nullable Integer cause,
      @Nullable Boolean cleared,
      @Nullable Integer monitorId,
      String notification,
      @Nullable String techCode,
      @Nullable String techInfo,
      @Nullable String transactionId) {

    static EventOut of(EventRow row) {
      DeviceEvent event = row.event();
      return new EventOut(
          row.id(),
          row.receivedAt(),
          event.at(),
          event.eventId(),
          event.trigger(),
          PlaceOut.of(event.place()),
          event.value(),
          event.cause(),
          event.cleared(),
          event.monitorId(),
          event.notification(),
          event.techCode(),
          event.techInfo(),
          event.transactionId());
    }
  }

  record DifferenceLineOut(
      PlaceOut place,
      @Nullable String left,
      @Nullable String right,
      boolean inLeft,
      boolean inRight) {}

  record DifferenceOut(
      @Field(maxItems = 100_000) List<DifferenceLineOut> items,
      @Field("how many are the same") int equal) {

    static DifferenceOut of(Difference difference) {
      return new DifferenceOut(
          difference.lines().stream()
              .map(
                  line ->
                      new DifferenceLineOut(
                          PlaceOut.of(line.key()),
                          line.left(),
                          line.right(),
                          line.inLeft(),
                          line.inRight()))
              .toList(),
          difference.equal());
    }
  }

  record AdmissionIn(
      @Field(value = "accepted, pending or rejected", maxLength = 10) String decision) {}

  record AdmissionOut(
      @Field("the answer to the last boot: none, accepted, pending, rejected") String registration,
      @Field("for the next boot; null: as for every new station") @Nullable String decision,
      @Field("another one holds the station Pending") @Nullable String expectedSerial,
      @Nullable String decidedBy,
      @Field("whether the station was asked for a BootNotification and will send one")
          boolean bootRequested) {}

  record ProvisioningIn(
      @Field(value = "accepted, pending or rejected", maxLength = 10) String newStations,
      @Nullable Ref operator) {}

  record ProvisioningOut(String newStations) {}

  record UnknownOut(
      String id,
      @Field("IP address of the last knock") String remote,
      @Field("subprotocols it named") String offered,
      @Field("whether it showed a password") boolean credentials,
      Instant firstSeen,
      Instant lastSeen,
      int seen) {

    static UnknownOut of(Unknown unknown) {
      return new UnknownOut(
          unknown.identity(),
          unknown.remote(),
          unknown.offered(),
          unknown.credentials(),
          unknown.firstSeen(),
          unknown.lastSeen(),
          unknown.seen());
    }
  }

  record AdoptIn(
      @Field("id or code of its site; the operator's default site when absent") @Nullable Ref site,
      @Field(value = "its id by default", maxLength = 100) @Nullable String name,
      @Field(value = "OCPI ConnectorType; IEC_62196_T2 by default", maxLength = 30)
          @Nullable String connectorType,
      @Field(value = "how many, all alike; 1 by default", min = 1, max = 40)
          @Nullable Integer evses,
      @Field(value = "watts of each", min = 0, max = 10_000_000) @Nullable Integer maxPowerW,
      @Field(value = "8 to 64 characters; absent: it connects without one", maxLength = 64)
          @Nullable String password,
      @Field(
              value = "accepted, pending or rejected at its boot; as for new stations by default",
              maxLength = 10)
          @Nullable String admission,
      @Nullable Ref operator) {}

  record ImportOut(
      int made,
      @Field(value = "empty: all were made; else none was", maxItems = 100_000)
          List<LineError> errors) {}
}
