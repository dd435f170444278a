package org.ampay.ocpp.v16;

import java.util.Optional;
import java.util.Set;
import org.ampay.ocpp.v16.wire.CentralRequest16;
import org.ampay.ocpp.v16.wire.DataTransferRequest;
import org.ampay.ocpp.v16.wire.DataTransferResponse;
import org.ampay.ocpp.v16.wire.GetDiagnosticsRequest;
import org.ampay.ocpp.v16.wire.GetDiagnosticsResponse;
import org.ampay.ocpp.v16.wire.GetLogRequest;
import org.ampay.ocpp.v16.wire.GetLogResponse;
import org.ampay.ocpp.v16.wire.Messages16;
import org.ampay.ocpp.v16.wire.SignedUpdateFirmwareRequest;
import org.ampay.ocpp.v16.wire.SignedUpdateFirmwareResponse;
import org.ampay.ocpp.v16.wire.UpdateFirmwareRequest;
import org.ampay.ocpp.v16.wire.UpdateFirmwareResponse;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.reports.CommandReader;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.Sent;
import org.jspecify.annotations.Nullable;

/** Reads the commands of OCPP 1.6 that lead to reports. */
public final class Sent16 implements CommandReader {

  private static final Set<String> ACTIONS =
      Set.of("DataTransfer", "GetDiagnostics", "GetLog", "SignedUpdateFirmware", "UpdateFirmware");

  @Override
  public Set<String> actions() {
    return ACTIONS;
  }

  @Override
  public Optional<Sent> read(String action, String payload) {
    try {
      var type = Messages16.toStation(action);
      return type.isEmpty()
          ? Optional.empty()
          : sent(type.get().readOwnRequest(Payload.of(payload)));
    } catch (WireException broken) {
      return Optional.empty();
    }
  }

  private static Optional<Sent> sent(CentralRequest16 request) {
    return switch (request) {
      case UpdateFirmwareRequest r -> work(OperationKind.FIRMWARE, null, r.location());
      case SignedUpdateFirmwareRequest r ->
          work(OperationKind.FIRMWARE, r.requestId(), r.firmware().location());
      case GetDiagnosticsRequest r -> work(OperationKind.LOG, null, r.location());
      case GetLogRequest r -> work(OperationKind.LOG, r.requestId(), r.log().remoteLocation());
      case DataTransferRequest r ->
          Optional.of(new Sent.Transfer(r.vendorId(), r.messageId(), r.data()));
      default -> Optional.empty();
    };
  }

  private static Optional<Sent> work(
      OperationKind kind, @Nullable Integer requestId, String location) {
    return Optional.of(new Sent.Work(kind, requestId, location, false));
  }

  @Override
  public Sent.Answer answer(String action, String payload) {
    try {
      return switch (Messages16.toStation(action).orElseThrow().readResponse(Payload.of(payload))) {
        case UpdateFirmwareResponse _ -> new Sent.Answer("", "");
        case SignedUpdateFirmwareResponse r -> new Sent.Answer(r.status().wireName(), "");
        case GetDiagnosticsResponse r -> new Sent.Answer("", text(r.fileName()));
        case GetLogResponse r -> new Sent.Answer(r.status().wireName(), text(r.filename()));
        case DataTransferResponse r -> new Sent.Answer(r.status().wireName(), text(r.data()));
        default -> throw new IllegalArgumentException("not an answer to " + action);
      };
    } catch (WireException e) {
      throw new IllegalArgumentException("the answer was checked before", e);
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
