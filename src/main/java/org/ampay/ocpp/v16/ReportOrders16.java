package org.ampay.ocpp.v16;

import java.util.Optional;
import org.ampay.ocpp.v16.wire.CentralRequest16;
import org.ampay.ocpp.v16.wire.FirmwareType;
import org.ampay.ocpp.v16.wire.GetDiagnosticsRequest;
import org.ampay.ocpp.v16.wire.GetLogRequest;
import org.ampay.ocpp.v16.wire.LogEnumType;
import org.ampay.ocpp.v16.wire.LogParametersType;
import org.ampay.ocpp.v16.wire.SignedUpdateFirmwareRequest;
import org.ampay.ocpp.v16.wire.UpdateFirmwareRequest;
import org.ampay.ocpp.wire.Wire;
import org.ampay.station.reports.DisplayMessage;
import org.ampay.station.reports.ReportOrders;

/** The commands of OCPP 1.6 that lead to reports; displays and customers are unknown to it. */
public final class ReportOrders16 implements ReportOrders {

  @Override
  public Optional<Order> firmware(Firmware firmware) {
    String certificate = firmware.signingCertificate();
    String signature = firmware.signature();
    if (certificate == null || signature == null) {
      return Optional.of(
          order(
              new UpdateFirmwareRequest(
                  firmware.location(),
                  firmware.tries().retries(),
                  firmware.retrieveAt(),
                  firmware.tries().intervalSeconds())));
    }
    return Optional.of(
        order(
            new SignedUpdateFirmwareRequest(
                firmware.tries().retries(),
                firmware.tries().intervalSeconds(),
                firmware.requestId(),
                new FirmwareType(
                    firmware.location(),
                    firmware.retrieveAt(),
                    firmware.installAt(),
                    certificate,
                    signature))));
  }

  @Override
  public Optional<Order> log(Log log) {
    if (log.legacy() && !log.security()) {
      return Optional.of(
          order(
              new GetDiagnosticsRequest(
                  log.location(),
                  log.tries().retries(),
                  log.tries().intervalSeconds(),
                  log.from(),
                  log.to())));
    }
    return Optional.of(
        order(
            new GetLogRequest(
                new LogParametersType(log.location(), log.from(), log.to()),
                log.security() ? LogEnumType.SecurityLog : LogEnumType.DiagnosticsLog,
                log.requestId(),
                log.tries().retries(),
                log.tries().intervalSeconds())));
  }

  @Override
  public Optional<Order> publish(Publication publication) {
    return Optional.empty();
  }

  @Override
  public Optional<Order> unpublish(String md5) {
    return Optional.empty();
  }

  @Override
  public Optional<Order> setDisplay(DisplayMessage message) {
    return Optional.empty();
  }

  @Override
  public Optional<Order> clearDisplay(int messageId) {
    return Optional.empty();
  }

  @Override
  public Optional<Order> getDisplays(DisplayQuery query) {
    return Optional.empty();
  }

  @Override
  public Optional<Order> customer(CustomerQuery query) {
    return Optional.empty();
  }

  private static Order order(CentralRequest16 request) {
    return new Order(request.messageType().action(), Wire.toJson(request));
  }
}
