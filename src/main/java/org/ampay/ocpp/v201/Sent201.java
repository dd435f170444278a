package org.ampay.ocpp.v201;

import java.util.Optional;
import java.util.Set;
import org.ampay.ocpp.v201.wire.CentralRequest201;
import org.ampay.ocpp.v201.wire.CertificateHashDataType;
import org.ampay.ocpp.v201.wire.ClearDisplayMessageRequest;
import org.ampay.ocpp.v201.wire.ClearDisplayMessageResponse;
import org.ampay.ocpp.v201.wire.CustomerInformationRequest;
import org.ampay.ocpp.v201.wire.CustomerInformationResponse;
import org.ampay.ocpp.v201.wire.DataTransferRequest;
import org.ampay.ocpp.v201.wire.DataTransferResponse;
import org.ampay.ocpp.v201.wire.GetDisplayMessagesRequest;
import org.ampay.ocpp.v201.wire.GetDisplayMessagesResponse;
import org.ampay.ocpp.v201.wire.GetLogRequest;
import org.ampay.ocpp.v201.wire.GetLogResponse;
import org.ampay.ocpp.v201.wire.IdTokenEnumType;
import org.ampay.ocpp.v201.wire.IdTokenType;
import org.ampay.ocpp.v201.wire.Messages201;
import org.ampay.ocpp.v201.wire.PublishFirmwareRequest;
import org.ampay.ocpp.v201.wire.PublishFirmwareResponse;
import org.ampay.ocpp.v201.wire.SetDisplayMessageRequest;
import org.ampay.ocpp.v201.wire.SetDisplayMessageResponse;
import org.ampay.ocpp.v201.wire.UnpublishFirmwareRequest;
import org.ampay.ocpp.v201.wire.UnpublishFirmwareResponse;
import org.ampay.ocpp.v201.wire.UpdateFirmwareRequest;
import org.ampay.ocpp.v201.wire.UpdateFirmwareResponse;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.RawJson;
import org.ampay.ocpp.wire.WireEnum;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.reports.CommandReader;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.Sent;
import org.jspecify.annotations.Nullable;

/** Reads the commands of OCPP 2.0.1 that lead to reports. */
public final class Sent201 implements CommandReader {

  private static final Set<String> ACTIONS =
      Set.of(
          "ClearDisplayMessage",
          "CustomerInformation",
          "DataTransfer",
          "GetDisplayMessages",
          "GetLog",
          "PublishFirmware",
          "SetDisplayMessage",
          "UnpublishFirmware",
          "UpdateFirmware");

  @Override
  public Set<String> actions() {
    return ACTIONS;
  }

  @Override
  public Optional<Sent> read(String action, String payload) {
    try {
      var type = Messages201.toStation(action);
      return type.isEmpty()
          ? Optional.empty()
          : sent(type.get().readOwnRequest(Payload.of(payload)));
    } catch (WireException broken) {
      return Optional.empty();
    }
  }

  private static Optional<Sent> sent(CentralRequest201 request) {
    return switch (request) {
      case UpdateFirmwareRequest r ->
          work(OperationKind.FIRMWARE, r.requestId(), r.firmware().location());
      case PublishFirmwareRequest r -> work(OperationKind.PUBLISH, r.requestId(), r.location());
      case UnpublishFirmwareRequest _ -> work(OperationKind.UNPUBLISH, null, "");
      case GetLogRequest r -> work(OperationKind.LOG, r.requestId(), r.log().remoteLocation());
      case GetDisplayMessagesRequest r ->
          Optional.of(new Sent.Work(OperationKind.DISPLAY, r.requestId(), "", isWhole(r)));
      case SetDisplayMessageRequest r ->
          Optional.of(new Sent.SetDisplay(Displays201.message(r.message())));
      case ClearDisplayMessageRequest r -> Optional.of(new Sent.ClearDisplay(r.id()));
      case CustomerInformationRequest r -> Optional.of(customer(r));
      case DataTransferRequest r ->
          Optional.of(new Sent.Transfer(r.vendorId(), r.messageId(), text(r.data())));
      default -> Optional.empty();
    };
  }

  private static Optional<Sent> work(
      OperationKind kind, @Nullable Integer requestId, String location) {
    return Optional.of(new Sent.Work(kind, requestId, location, false));
  }

  private static boolean isWhole(GetDisplayMessagesRequest r) {
    return r.id().isEmpty() && r.priority() == null && r.state() == null;
  }

  private static Sent.Customer customer(CustomerInformationRequest r) {
    IdTokenType token = r.idToken();
    CertificateHashDataType certificate = r.customerCertificate();
    String identifier = r.customerIdentifier();
    if (token != null) {
      // C04.FR.04: a PIN is written down nowhere.
      boolean pin = token.type() == IdTokenEnumType.KeyCode;
      return customer(r, "id_token", pin ? "***" : token.idToken(), token.idToken());
    }
    if (certificate != null) {
      String words = certificate.serialNumber() + " " + certificate.issuerNameHash();
      return customer(r, "certificate", words, null);
    }
    return identifier == null
        ? customer(r, "nothing", "", null)
        : customer(r, "identifier", identifier, null);
  }

  private static Sent.Customer customer(
      CustomerInformationRequest r, String namedBy, String words, @Nullable String token) {
    return new Sent.Customer(r.requestId(), r.report(), r.clear(), namedBy, words, token);
  }

  @Override
  public Sent.Answer answer(String action, String payload) {
    try {
      return switch (Messages201.toStation(action)
          .orElseThrow()
          .readResponse(Payload.of(payload))) {
        case UpdateFirmwareResponse r -> status(r.status());
        case PublishFirmwareResponse r -> status(r.status());
        case UnpublishFirmwareResponse r -> status(r.status());
        case GetDisplayMessagesResponse r -> status(r.status());
        case SetDisplayMessageResponse r -> status(r.status());
        case ClearDisplayMessageResponse r -> status(r.status());
        case CustomerInformationResponse r -> status(r.status());
        case GetLogResponse r -> {
          String name = r.filename();
          yield new Sent.Answer(r.status().wireName(), name == null ? "" : name);
        }
        case DataTransferResponse r -> {
          String data = text(r.data());
          yield new Sent.Answer(r.status().wireName(), data == null ? "" : data);
        }
        default -> throw new IllegalArgumentException("not an answer to " + action);
      };
    } catch (WireException e) {
      throw new IllegalArgumentException("the answer was checked before", e);
    }
  }

  private static Sent.Answer status(WireEnum status) {
    return new Sent.Answer(status.wireName(), "");
  }

  private static @Nullable String text(@Nullable RawJson json) {
    return json == null ? null : json.text();
  }
}
