package org.ampay.ocpp.v201;

import java.util.List;
import java.util.Optional;
import org.ampay.ocpp.v201.wire.CentralRequest201;
import org.ampay.ocpp.v201.wire.CertificateHashDataType;
import org.ampay.ocpp.v201.wire.ClearDisplayMessageRequest;
import org.ampay.ocpp.v201.wire.CustomerInformationRequest;
import org.ampay.ocpp.v201.wire.FirmwareType;
import org.ampay.ocpp.v201.wire.GetDisplayMessagesRequest;
import org.ampay.ocpp.v201.wire.GetLogRequest;
import org.ampay.ocpp.v201.wire.HashAlgorithmEnumType;
import org.ampay.ocpp.v201.wire.IdTokenEnumType;
import org.ampay.ocpp.v201.wire.IdTokenType;
import org.ampay.ocpp.v201.wire.LogEnumType;
import org.ampay.ocpp.v201.wire.LogParametersType;
import org.ampay.ocpp.v201.wire.MessagePriorityEnumType;
import org.ampay.ocpp.v201.wire.PublishFirmwareRequest;
import org.ampay.ocpp.v201.wire.SetDisplayMessageRequest;
import org.ampay.ocpp.v201.wire.UnpublishFirmwareRequest;
import org.ampay.ocpp.v201.wire.UpdateFirmwareRequest;
import org.ampay.ocpp.wire.Wire;
import org.ampay.station.reports.DisplayMessage;
import org.ampay.station.reports.ReportOrders;
import org.jspecify.annotations.Nullable;

/** The commands of OCPP 2.0.1 that lead to reports. */
public final class ReportOrders201 implements ReportOrders {

  @Override
  public Optional<Order> firmware(Firmware firmware) {
    return order(
        new UpdateFirmwareRequest(
            firmware.tries().retries(),
            firmware.tries().intervalSeconds(),
            firmware.requestId(),
            new FirmwareType(
                firmware.location(),
                firmware.retrieveAt(),
                firmware.installAt(),
                firmware.signingCertificate(),
                firmware.signature(),
                null),
            null));
  }

  @Override
  public Optional<Order> log(Log log) {
    return order(
        new GetLogRequest(
            new LogParametersType(log.location(), log.from(), log.to(), null),
            log.security() ? LogEnumType.SecurityLog : LogEnumType.DiagnosticsLog,
            log.requestId(),
            log.tries().retries(),
            log.tries().intervalSeconds(),
            null));
  }

  @Override
  public Optional<Order> publish(Publication publication) {
    return order(
        new PublishFirmwareRequest(
            publication.location(),
            publication.tries().retries(),
            publication.md5(),
            publication.requestId(),
            publication.tries().intervalSeconds(),
            null));
  }

  @Override
  public Optional<Order> unpublish(String md5) {
    return order(UnpublishFirmwareRequest.of(md5));
  }

  @Override
  public Optional<Order> setDisplay(DisplayMessage message) {
    return order(SetDisplayMessageRequest.of(Displays201.info(message)));
  }

  @Override
  public Optional<Order> clearDisplay(int messageId) {
    return order(ClearDisplayMessageRequest.of(messageId));
  }

  @Override
  public Optional<Order> getDisplays(DisplayQuery query) {
    Integer id = query.id();
    String priority = query.priority();
    return order(
        new GetDisplayMessagesRequest(
            id == null ? List.of() : List.of(id),
            query.requestId(),
            priority == null ? null : MessagePriorityEnumType.valueOf(priority),
            Displays201.state(query.state()),
            null));
  }

  @Override
  public Optional<Order> customer(CustomerQuery query) {
    return order(
        new CustomerInformationRequest(
            certificate(query.certificate()),
            token(query.idToken(), query.tokenType()),
            query.requestId(),
            query.report(),
            query.clear(),
            query.identifier(),
            null));
  }

  private static @Nullable CertificateHashDataType certificate(@Nullable CertificateHash hash) {
    return hash == null
        ? null
        : CertificateHashDataType.of(
            HashAlgorithmEnumType.valueOf(hash.hashAlgorithm()),
            hash.issuerNameHash(),
            hash.issuerKeyHash(),
            hash.serialNumber());
  }

  private static @Nullable IdTokenType token(@Nullable String token, @Nullable String type) {
    return token == null
        ? null
        : IdTokenType.of(
            token, type == null ? IdTokenEnumType.ISO14443 : IdTokenEnumType.valueOf(type));
  }

  private static Optional<Order> order(CentralRequest201 request) {
    return Optional.of(new Order(request.messageType().action(), Wire.toJson(request)));
  }
}
