package org.ampay.ocpp.v201;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.charging.SessionCommand;
import org.ampay.charging.SessionPort;
import org.ampay.charging.SessionReply;
import org.ampay.ocpp.edge.Admission;
import org.ampay.ocpp.edge.CallAnswer;
import org.ampay.ocpp.edge.CallAnswer.NoAnswer;
import org.ampay.ocpp.edge.CallAnswer.Refused;
import org.ampay.ocpp.edge.CallAnswer.Result;
import org.ampay.ocpp.edge.EdgeSettings;
import org.ampay.ocpp.edge.ProfileHook;
import org.ampay.ocpp.edge.RemoteOrders;
import org.ampay.ocpp.edge.Rooms;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.edge.StationEdge;
import org.ampay.ocpp.v201.wire.AuthorizeRequest;
import org.ampay.ocpp.v201.wire.AuthorizeResponse;
import org.ampay.ocpp.v201.wire.BootNotificationRequest;
import org.ampay.ocpp.v201.wire.BootNotificationResponse;
import org.ampay.ocpp.v201.wire.ChargingStationType;
import org.ampay.ocpp.v201.wire.ClearedChargingLimitRequest;
import org.ampay.ocpp.v201.wire.CustomerInformationRequest;
import org.ampay.ocpp.v201.wire.DataTransferRequest;
import org.ampay.ocpp.v201.wire.FirmwareStatusNotificationRequest;
import org.ampay.ocpp.v201.wire.Get15118EVCertificateRequest;
import org.ampay.ocpp.v201.wire.GetBaseReportRequest;
import org.ampay.ocpp.v201.wire.GetCertificateStatusRequest;
import org.ampay.ocpp.v201.wire.GetChargingProfilesRequest;
import org.ampay.ocpp.v201.wire.GetDisplayMessagesRequest;
import org.ampay.ocpp.v201.wire.GetLogRequest;
import org.ampay.ocpp.v201.wire.GetMonitoringReportRequest;
import org.ampay.ocpp.v201.wire.GetReportRequest;
import org.ampay.ocpp.v201.wire.HeartbeatRequest;
import org.ampay.ocpp.v201.wire.HeartbeatResponse;
import org.ampay.ocpp.v201.wire.IdTokenInfoType;
import org.ampay.ocpp.v201.wire.LogStatusNotificationRequest;
import org.ampay.ocpp.v201.wire.MessageTriggerEnumType;
import org.ampay.ocpp.v201.wire.Messages201;
import org.ampay.ocpp.v201.wire.MeterValuesRequest;
import org.ampay.ocpp.v201.wire.MeterValuesResponse;
import org.ampay.ocpp.v201.wire.NotifyChargingLimitRequest;
import org.ampay.ocpp.v201.wire.NotifyCustomerInformationRequest;
import org.ampay.ocpp.v201.wire.NotifyDisplayMessagesRequest;
import org.ampay.ocpp.v201.wire.NotifyEVChargingNeedsRequest;
import org.ampay.ocpp.v201.wire.NotifyEVChargingScheduleRequest;
import org.ampay.ocpp.v201.wire.NotifyEventRequest;
import org.ampay.ocpp.v201.wire.NotifyEventResponse;
import org.ampay.ocpp.v201.wire.NotifyMonitoringReportRequest;
import org.ampay.ocpp.v201.wire.NotifyReportRequest;
import org.ampay.ocpp.v201.wire.PublishFirmwareRequest;
import org.ampay.ocpp.v201.wire.PublishFirmwareStatusNotificationRequest;
import org.ampay.ocpp.v201.wire.RegistrationStatusEnumType;
import org.ampay.ocpp.v201.wire.ReportChargingProfilesRequest;
import org.ampay.ocpp.v201.wire.ReservationStatusUpdateRequest;
import org.ampay.ocpp.v201.wire.Response201;
import org.ampay.ocpp.v201.wire.SecurityEventNotificationRequest;
import org.ampay.ocpp.v201.wire.SignCertificateRequest;
import org.ampay.ocpp.v201.wire.StationRequest201;
import org.ampay.ocpp.v201.wire.StatusNotificationRequest;
import org.ampay.ocpp.v201.wire.StatusNotificationResponse;
import org.ampay.ocpp.v201.wire.TransactionEventRequest;
import org.ampay.ocpp.v201.wire.TransactionEventResponse;
import org.ampay.ocpp.v201.wire.TriggerMessageRequest;
import org.ampay.ocpp.v201.wire.UpdateFirmwareRequest;
import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.MessageType;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.station.BootReport;
import org.ampay.station.CommandOutcome;
import org.ampay.station.ConnectorReport;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;

/** Answers the CALLs of OCPP 2.0.1 stations. */
public final class Calls201 implements StationEdge {

  private static final String BOOT = "BootNotification";

  private final Rooms rooms;
  private final EdgeSettings settings;
  private final Reports201 reports;
  private final Certificates201 certificates;
  private final DeviceModel201 deviceModel;
  private final ProfileHook profiles;
  private final SmartCharging201 charging;

  public Calls201(Rooms rooms, EdgeSettings settings) {
    this.rooms = rooms;
    this.settings = settings;
    this.reports = new Reports201(rooms.reports());
    this.certificates = new Certificates201(rooms.certificates());
    this.deviceModel = new DeviceModel201(rooms.devices());
    this.profiles = new ProfileHook(Protocol.OCPP_201, new ProfileOrders201(), rooms.power());
    this.charging = new SmartCharging201(rooms.power());
  }

  @Override
  public CompletionStage<CallAnswer> handle(StationCall call) {
    String action = call.action();
    if (!action.equals(BOOT)) {
      Registration registration = rooms.lifecycle().registration(call.station().id());
      Optional<CallAnswer> refusal = Admission.refuse(registration, call);
      if (refusal.isPresent()) {
        return completedFuture(refusal.get());
      }
    }
    var type = Messages201.fromStation(action);
    if (type.isEmpty()) {
      return completedFuture(unknown(action));
    }
    try {
      return answer(call, type.get().readRequest(call.payload()));
    } catch (WireException broken) {
      return completedFuture(Refused.of(broken));
    }
  }

  @Override
  public Optional<? extends MessageType<?, ?>> command(String action) {
    return Messages201.toStation(action);
  }

  @Override
  public RemoteOrders orders() {
    return new Orders201();
  }

  @Override
  public Optional<Objection> objection(WireObject request) {
    return Rules201.objection(request);
  }

  @Override
  public Optional<Objection> objection(StationInfo station, WireObject request) {
    return objection(station.id(), request).or(() -> profiles.objection(station, request));
  }

  @Override
  public Consumer<CommandOutcome> sending(StationInfo station, WireObject request) {
    return profiles.sending(station, request);
  }

  @Override
  public Set<String> triggeredBy(WireObject request) {
    return switch (request) {
      case TriggerMessageRequest trigger -> triggeredBy(trigger.requestedMessage());
      case GetBaseReportRequest _, GetReportRequest _ -> Set.of("NotifyReport");
      case GetMonitoringReportRequest _ -> Set.of("NotifyMonitoringReport");
      case CustomerInformationRequest _ -> Set.of("NotifyCustomerInformation");
      case GetChargingProfilesRequest _ -> Set.of("ReportChargingProfiles");
      case GetDisplayMessagesRequest _ -> Set.of("NotifyDisplayMessages");
      case GetLogRequest _ -> Set.of("LogStatusNotification");
      case UpdateFirmwareRequest _ -> Set.of("FirmwareStatusNotification");
      case PublishFirmwareRequest _ -> Set.of("PublishFirmwareStatusNotification");
      default -> Set.of();
    };
  }

  private static Set<String> triggeredBy(MessageTriggerEnumType message) {
    return switch (message) {
      case SignChargingStationCertificate, SignV2GCertificate, SignCombinedCertificate ->
          Set.of("SignCertificate");
      case BootNotification,
          LogStatusNotification,
          FirmwareStatusNotification,
          Heartbeat,
          MeterValues,
          StatusNotification,
          TransactionEvent,
          PublishFirmwareStatusNotification ->
          Set.of(message.wireName());
    };
  }

  private static CallAnswer unknown(String action) {
    return Messages201.byAction(action).isPresent()
        ? new Refused(ErrorCode.NOT_SUPPORTED, "not an action of stations")
        : new Refused(ErrorCode.NOT_IMPLEMENTED, "no such action in OCPP 2.0.1");
  }

  private CompletionStage<CallAnswer> answer(StationCall call, StationRequest201 request)
      throws WireException {
    return switch (request) {
      case HeartbeatRequest _ -> result(HeartbeatResponse.of(call.receivedAt()));
      case BootNotificationRequest boot -> boot(call, boot);
      case AuthorizeRequest authorize -> authorize(call, authorize);
      case StatusNotificationRequest status -> status(call, status);
      case NotifyEventRequest event -> event(call, event);
      case NotifyReportRequest report -> deviceModel.report(call, report);
      case NotifyMonitoringReportRequest report -> deviceModel.monitors(call, report);
      case TransactionEventRequest event -> transaction(call, event);
      case MeterValuesRequest values -> meterValues(call, values);
      case DataTransferRequest transfer -> reports.transfer(call, transfer);
      case FirmwareStatusNotificationRequest status -> reports.firmware(call, status);
      case LogStatusNotificationRequest status -> reports.log(call, status);
      case SecurityEventNotificationRequest event -> reports.security(call, event);
      case PublishFirmwareStatusNotificationRequest status -> reports.publication(call, status);
      case NotifyDisplayMessagesRequest displays -> reports.displays(call, displays);
      case NotifyCustomerInformationRequest customer -> reports.customer(call, customer);
      case SignCertificateRequest sign -> certificates.sign(call, sign);
      case GetCertificateStatusRequest status -> certificates.status(call, status);
      case Get15118EVCertificateRequest ev -> certificates.evCertificate(call, ev);
      case ReservationStatusUpdateRequest update ->
          Reservations201.ended(rooms.reservations(), call, update);
      case ClearedChargingLimitRequest cleared -> charging.cleared(call, cleared);
      case NotifyChargingLimitRequest limit -> charging.limit(call, limit);
      case NotifyEVChargingNeedsRequest needs -> charging.needs(call, needs);
      case NotifyEVChargingScheduleRequest schedule -> charging.schedule(call, schedule);
      case ReportChargingProfilesRequest report -> charging.profiles(call, report);
    };
  }

  private CompletionStage<CallAnswer> boot(StationCall call, BootNotificationRequest boot) {
    ChargingStationType station = boot.chargingStation();
    BootReport report =
        new BootReport(
            Protocol.OCPP_201,
            station.vendorName(),
            station.model(),
            station.serialNumber(),
            station.firmwareVersion(),
            boot.reason().wireName());
    return rooms
        .lifecycle()
        .boot(call.station(), report, call.receivedAt())
        .thenApply(registration -> bootAnswer(call, registration));
  }

  private CallAnswer bootAnswer(StationCall call, Registration registration) {
    RegistrationStatusEnumType status =
        switch (registration) {
          case ACCEPTED -> RegistrationStatusEnumType.Accepted;
          case PENDING -> RegistrationStatusEnumType.Pending;
          case REJECTED, NONE -> RegistrationStatusEnumType.Rejected;
        };
    int base =
        status == RegistrationStatusEnumType.Accepted
            ? settings.heartbeatSeconds()
            : settings.retrySeconds();
    int interval = rooms.devices().bootIntervalSeconds(registration, base);
    return new Result(BootNotificationResponse.of(call.receivedAt(), interval, status));
  }

  private CompletionStage<CallAnswer> authorize(StationCall call, AuthorizeRequest authorize) {
    return Certificates201.hasCertificate(authorize)
        ? certificates.authorize(call, authorize, () -> judged(call, authorize))
        : judged(call, authorize)
            .thenApply(decision -> new Result(AuthorizeResponse.of(told(call, decision))));
  }

  /** With the driver's price, for a station that shows it (I01.FR.01, .02). */
  private IdTokenInfoType told(StationCall call, Authorization decision) {
    IdTokenInfoType info = IdTokenInfos.of(decision);
    return rooms
        .prices()
        .price(call.station(), decision, call.receivedAt())
        .map(price -> info.withPersonalMessage(IdTokenInfos.message(price)))
        .orElse(info);
  }

  private CompletionStage<Authorization> judged(StationCall call, AuthorizeRequest authorize) {
    return rooms
        .authorizer()
        .authorize(
            new AuthorizationRequest(
                call.station(),
                List.of(),
                Facts201.token(authorize.idToken()),
                AuthorizationRequest.Purpose.PRESENT,
                call.receivedAt()));
  }

  private CompletionStage<CallAnswer> status(StationCall call, StatusNotificationRequest status)
      throws WireException {
    ConnectorReport report =
        new ConnectorReport(
            Facts201.connector(status.evseId(), status.connectorId()),
            status.connectorStatus().wireName(),
            null,
            null,
            status.timestamp());
    return connector(call, report)
        .thenApply(reply -> confirmed(reply, StatusNotificationResponse.of()));
  }

  /** All events are kept; availability of connectors, EVSEs and the station moves sessions too. */
  private CompletionStage<CallAnswer> event(StationCall call, NotifyEventRequest event) {
    CompletionStage<SessionReply> stored =
        deviceModel.events(call, event).thenApply(kept -> new SessionReply.Stored());
    for (ConnectorReport report : Facts201.availability(event)) {
      stored =
          stored.thenCompose(
              before ->
                  before instanceof SessionReply.Unavailable
                      ? completedFuture(before)
                      : connector(call, report));
    }
    return stored.thenApply(reply -> confirmed(reply, NotifyEventResponse.of()));
  }

  private CompletionStage<CallAnswer> transaction(StationCall call, TransactionEventRequest event) {
    boolean named = event.idToken() != null;
    return submit(call, Facts201.event(event))
        .thenApply(
            reply ->
                switch (reply) {
                  case SessionReply.EventAnswered answered -> new Result(eventAnswer(answered));
                  case SessionReply.Quarantined _ ->
                      new Result(
                          named
                              ? TransactionEventResponse.of().withIdTokenInfo(IdTokenInfos.INVALID)
                              : TransactionEventResponse.of());
                  case SessionReply.Unavailable unavailable -> new NoAnswer(unavailable.reason());
                  case SessionReply.Started _,
                      SessionReply.Stopped _,
                      SessionReply.Ruled _,
                      SessionReply.Stored _ ->
                      throw new IllegalStateException("not an answer to an event: " + reply);
                });
  }

  private static TransactionEventResponse eventAnswer(SessionReply.EventAnswered answered) {
    TransactionEventResponse response = TransactionEventResponse.of();
    if (answered.authorization().isPresent()) {
      IdTokenInfoType info = IdTokenInfos.of(answered.authorization().get());
      response =
          response.withIdTokenInfo(
              answered.price().isPresent()
                  ? info.withPersonalMessage(IdTokenInfos.message(answered.price().get()))
                  : info);
    }
    if (answered.totalCost().isPresent()) {
      response = response.withTotalCost(answered.totalCost().get().toDecimal());
    }
    if (answered.price().isPresent()) {
      // I06.FR.02: the driver's price has become known with the token, or is another one now.
      response = response.withUpdatedPersonalMessage(IdTokenInfos.message(answered.price().get()));
    }
    return response;
  }

  private CompletionStage<CallAnswer> meterValues(StationCall call, MeterValuesRequest values) {
    SessionCommand.Readings readings =
        new SessionCommand.Readings(
            new EvseRef(values.evseId(), 0),
            Optional.empty(),
            Facts201.readings(values.meterValue()),
            null);
    return submit(call, readings)
        .thenApply(
            reply ->
                switch (reply) {
                  case SessionReply.Stored _, SessionReply.Quarantined _ ->
                      new Result(MeterValuesResponse.of());
                  case SessionReply.Unavailable unavailable -> new NoAnswer(unavailable.reason());
                  case SessionReply.Started _,
                      SessionReply.Stopped _,
                      SessionReply.Ruled _,
                      SessionReply.EventAnswered _ ->
                      throw new IllegalStateException("not an answer to readings: " + reply);
                });
  }

  /** First what the map of stations shows, then what the sessions make of it. */
  private CompletionStage<SessionReply> connector(StationCall call, ConnectorReport report) {
    SessionCommand state =
        new SessionCommand.ConnectorState(report.place(), report.status(), report.at());
    return rooms
        .lifecycle()
        .connector(call.station(), report, call.receivedAt())
        .thenCompose(stored -> submit(call, state));
  }

  private static CallAnswer confirmed(SessionReply reply, Response201 response) {
    return reply instanceof SessionReply.Unavailable(String reason)
        ? new NoAnswer(reason)
        : new Result(response);
  }

  private CompletionStage<SessionReply> submit(StationCall call, SessionCommand command) {
    return rooms
        .sessions()
        .submit(
            new SessionPort.Report(
                call.station(), Protocol.OCPP_201, command, call.frameText(), call.receivedAt()));
  }

  private static CompletionStage<CallAnswer> result(Response201 response) {
    return completedFuture(new Result(response));
  }
}
