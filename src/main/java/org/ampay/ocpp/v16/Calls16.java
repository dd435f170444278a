package org.ampay.ocpp.v16;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.IdToken;
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
import org.ampay.ocpp.v16.wire.AuthorizeRequest;
import org.ampay.ocpp.v16.wire.AuthorizeResponse;
import org.ampay.ocpp.v16.wire.BootNotificationRequest;
import org.ampay.ocpp.v16.wire.BootNotificationResponse;
import org.ampay.ocpp.v16.wire.DataTransferRequest;
import org.ampay.ocpp.v16.wire.DiagnosticsStatusNotificationRequest;
import org.ampay.ocpp.v16.wire.ExtendedTriggerMessageRequest;
import org.ampay.ocpp.v16.wire.FirmwareStatusNotificationRequest;
import org.ampay.ocpp.v16.wire.GetDiagnosticsRequest;
import org.ampay.ocpp.v16.wire.GetLogRequest;
import org.ampay.ocpp.v16.wire.HeartbeatRequest;
import org.ampay.ocpp.v16.wire.HeartbeatResponse;
import org.ampay.ocpp.v16.wire.LogStatusNotificationRequest;
import org.ampay.ocpp.v16.wire.MessageTriggerEnumType;
import org.ampay.ocpp.v16.wire.Messages16;
import org.ampay.ocpp.v16.wire.MeterValuesRequest;
import org.ampay.ocpp.v16.wire.MeterValuesResponse;
import org.ampay.ocpp.v16.wire.RegistrationStatus;
import org.ampay.ocpp.v16.wire.Response16;
import org.ampay.ocpp.v16.wire.SecurityEventNotificationRequest;
import org.ampay.ocpp.v16.wire.SignCertificateRequest;
import org.ampay.ocpp.v16.wire.SignedFirmwareStatusNotificationRequest;
import org.ampay.ocpp.v16.wire.SignedUpdateFirmwareRequest;
import org.ampay.ocpp.v16.wire.StartTransactionRequest;
import org.ampay.ocpp.v16.wire.StartTransactionResponse;
import org.ampay.ocpp.v16.wire.StationRequest16;
import org.ampay.ocpp.v16.wire.StatusNotificationRequest;
import org.ampay.ocpp.v16.wire.StatusNotificationResponse;
import org.ampay.ocpp.v16.wire.StopTransactionRequest;
import org.ampay.ocpp.v16.wire.StopTransactionResponse;
import org.ampay.ocpp.v16.wire.TriggerMessageRequest;
import org.ampay.ocpp.v16.wire.UpdateFirmwareRequest;
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

/** Answers the CALLs of OCPP 1.6 stations. */
public final class Calls16 implements StationEdge {

  private static final String BOOT = "BootNotification";

  /** Always answered: refusing them would lose energy or have it reported for ever. */
  private static final Set<String> FACTS =
      Set.of("StartTransaction", "StopTransaction", "MeterValues");

  private final Rooms rooms;
  private final EdgeSettings settings;
  private final KeyLimits16 keyLimits = new KeyLimits16();
  private final Reports16 reports;
  private final Certificates16 certificates;
  private final ProfileHook profiles;

  public Calls16(Rooms rooms, EdgeSettings settings) {
    this.rooms = rooms;
    this.settings = settings;
    this.reports = new Reports16(rooms.reports());
    this.certificates = new Certificates16(rooms.certificates());
    this.profiles = new ProfileHook(Protocol.OCPP_16, new SmartCharging16(), rooms.power());
  }

  @Override
  public CompletionStage<CallAnswer> handle(StationCall call) {
    String action = call.action();
    if (!action.equals(BOOT) && !FACTS.contains(action)) {
      Registration registration = rooms.lifecycle().registration(call.station().id());
      Optional<CallAnswer> refusal = Admission.refuse(registration, call);
      if (refusal.isPresent()) {
        return completedFuture(refusal.get());
      }
    }
    var type = Messages16.fromStation(action);
    if (type.isEmpty()) {
      return completedFuture(unknown(action));
    }
    try {
      return answer(call, type.get().readRequest(call.payload()));
    } catch (WireException broken) {
      return LenientFacts.read(call, broken)
          .map(fact -> confirmBroken(call, fact, broken))
          .orElseGet(() -> completedFuture(Refused.of(broken)));
    }
  }

  @Override
  public Optional<? extends MessageType<?, ?>> command(String action) {
    return Messages16.toStation(action);
  }

  @Override
  public RemoteOrders orders() {
    return new Orders16();
  }

  @Override
  public Optional<Objection> objection(WireObject request) {
    return Rules16.objection(request);
  }

  @Override
  public Optional<Objection> objection(long stationId, WireObject request) {
    return objection(request).or(() -> keyLimits.objection(stationId, request));
  }

  @Override
  public void learn(long stationId, WireObject response) {
    keyLimits.learn(stationId, response);
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
      case TriggerMessageRequest trigger -> Set.of(trigger.requestedMessage().wireName());
      case ExtendedTriggerMessageRequest trigger ->
          trigger.requestedMessage() == MessageTriggerEnumType.SignChargePointCertificate
              ? Set.of("SignCertificate")
              : Set.of(trigger.requestedMessage().wireName());
      case GetDiagnosticsRequest _ -> Set.of("DiagnosticsStatusNotification");
      case GetLogRequest _ -> Set.of("LogStatusNotification");
      case UpdateFirmwareRequest _ -> Set.of("FirmwareStatusNotification");
      case SignedUpdateFirmwareRequest _ -> Set.of("SignedFirmwareStatusNotification");
      default -> Set.of();
    };
  }

  private static CallAnswer unknown(String action) {
    return Messages16.byAction(action).isPresent()
        ? new Refused(ErrorCode.NOT_SUPPORTED, "not an action of stations")
        : new Refused(ErrorCode.NOT_IMPLEMENTED, "no such action in OCPP 1.6");
  }

  private CompletionStage<CallAnswer> answer(StationCall call, StationRequest16 request)
      throws WireException {
    return switch (request) {
      case HeartbeatRequest _ -> result(HeartbeatResponse.of(call.receivedAt()));
      case BootNotificationRequest boot -> boot(call, boot);
      case AuthorizeRequest authorize -> authorize(call, authorize);
      case StatusNotificationRequest status -> status(call, status);
      case StartTransactionRequest start -> start(call, start);
      case StopTransactionRequest stop -> facts(call, Facts16.stop(stop), "");
      case MeterValuesRequest values -> facts(call, Facts16.readings(values), "");
      case DataTransferRequest transfer -> reports.transfer(call, transfer);
      case DiagnosticsStatusNotificationRequest status -> reports.diagnostics(call, status);
      case FirmwareStatusNotificationRequest status -> reports.firmware(call, status);
      case LogStatusNotificationRequest status -> reports.log(call, status);
      case SecurityEventNotificationRequest event -> reports.security(call, event);
      case SignedFirmwareStatusNotificationRequest status -> reports.signedFirmware(call, status);
      case SignCertificateRequest sign -> certificates.sign(call, sign);
    };
  }

  private CompletionStage<CallAnswer> boot(StationCall call, BootNotificationRequest boot) {
    String serial = boot.chargePointSerialNumber();
    BootReport report =
        new BootReport(
            Protocol.OCPP_16,
            boot.chargePointVendor(),
            boot.chargePointModel(),
            serial == null ? boot.chargeBoxSerialNumber() : serial,
            boot.firmwareVersion(),
            null);
    return rooms
        .lifecycle()
        .boot(call.station(), report, call.receivedAt())
        .thenApply(registration -> bootAnswer(call, registration));
  }

  private CallAnswer bootAnswer(StationCall call, Registration registration) {
    RegistrationStatus status =
        switch (registration) {
          case ACCEPTED -> RegistrationStatus.Accepted;
          case PENDING -> RegistrationStatus.Pending;
          case REJECTED, NONE -> RegistrationStatus.Rejected;
        };
    int base =
        status == RegistrationStatus.Accepted
            ? settings.heartbeatSeconds()
            : settings.retrySeconds();
    int interval = rooms.devices().bootIntervalSeconds(registration, base);
    return new Result(BootNotificationResponse.of(status, call.receivedAt(), interval));
  }

  private CompletionStage<CallAnswer> authorize(StationCall call, AuthorizeRequest authorize) {
    return rooms
        .authorizer()
        .authorize(
            new AuthorizationRequest(
                call.station(),
                List.of(),
                IdToken.untyped(authorize.idTag()),
                AuthorizationRequest.Purpose.PRESENT,
                call.receivedAt()))
        .thenApply(
            decision -> {
              rooms
                  .prices()
                  .announce(call.station(), authorize.idTag(), decision, call.receivedAt());
              return new Result(AuthorizeResponse.of(IdTagInfos.of(decision)));
            });
  }

  private CompletionStage<CallAnswer> status(StationCall call, StatusNotificationRequest status)
      throws WireException {
    if (status.connectorId() < 0) {
      throw Facts16.outOfRange("connectorId");
    }
    ConnectorReport report =
        new ConnectorReport(
            EvseRef.ofConnector16(status.connectorId()),
            status.status().wireName(),
            status.errorCode().wireName(),
            status.info(),
            status.timestamp() == null ? call.receivedAt() : status.timestamp());
    return connector(call, report)
        .thenApply(reply -> confirmed(reply, StatusNotificationResponse.of()));
  }

  private CompletionStage<CallAnswer> start(StationCall call, StartTransactionRequest start)
      throws WireException {
    return submit(call, Facts16.start(start))
        .thenApply(
            reply ->
                switch (reply) {
                  case SessionReply.Started started ->
                      new Result(
                          StartTransactionResponse.of(
                              IdTagInfos.of(started.authorization()), started.transactionId()));
                  case SessionReply.Quarantined quarantined ->
                      new Result(
                          StartTransactionResponse.of(
                              IdTagInfos.INVALID, quarantined.transactionId()));
                  case SessionReply.Unavailable unavailable -> new NoAnswer(unavailable.reason());
                  case SessionReply.Stopped _,
                      SessionReply.Stored _,
                      SessionReply.Ruled _,
                      SessionReply.EventAnswered _ ->
                      throw new IllegalStateException("not an answer to a start: " + reply);
                });
  }

  /** A stop or readings: whatever is wrong with them, they are confirmed once they are stored. */
  private CompletionStage<CallAnswer> facts(
      StationCall call, SessionCommand command, String doubt) {
    return submit(call, command)
        .thenApply(
            reply ->
                switch (reply) {
                  case SessionReply.Stopped(var authorization) ->
                      new Result(
                          new StopTransactionResponse(
                              authorization.map(IdTagInfos::of).orElse(null)),
                          doubt);
                  case SessionReply.Stored _ -> new Result(MeterValuesResponse.of(), doubt);
                  // Without fields: the answer to either.
                  case SessionReply.Quarantined _ -> new Result(StopTransactionResponse.of());
                  case SessionReply.Unavailable unavailable -> new NoAnswer(unavailable.reason());
                  case SessionReply.Started _, SessionReply.Ruled _, SessionReply.EventAnswered _ ->
                      throw new IllegalStateException("not an answer to a fact: " + reply);
                });
  }

  private CompletionStage<CallAnswer> confirmBroken(
      StationCall call, SessionCommand fact, WireException broken) {
    return facts(call, fact, String.valueOf(broken.getMessage()));
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

  private static CallAnswer confirmed(SessionReply reply, Response16 response) {
    return reply instanceof SessionReply.Unavailable(String reason)
        ? new NoAnswer(reason)
        : new Result(response);
  }

  private CompletionStage<SessionReply> submit(StationCall call, SessionCommand command) {
    return rooms
        .sessions()
        .submit(
            new SessionPort.Report(
                call.station(), Protocol.OCPP_16, command, call.frameText(), call.receivedAt()));
  }

  private static CompletionStage<CallAnswer> result(Response16 response) {
    return completedFuture(new Result(response));
  }
}
