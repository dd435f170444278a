package org.ampay.station.reports;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the commands of one OCPP version that lead to reports. A method answers empty where the
 * version has no such command.
 */
public interface ReportOrders {

  /**
   * A command to a station.
   *
   * @param payload JSON text
   */
  record Order(String action, String payload) {}

  /**
   * A firmware to install.
   *
   * @param location where from
   * @param signingCertificate PEM; null: unsigned
   * @param signature Base64; null: unsigned
   * @param installAt null: as soon as it is there
   */
  record Firmware(
      int requestId,
      String location,
      Instant retrieveAt,
      @Nullable Instant installAt,
      @Nullable String signingCertificate,
      @Nullable String signature,
      Tries tries) {}

  /**
   * How often the station tries.
   *
   * @param retries null: as it likes
   * @param intervalSeconds null: as it likes
   */
  record Tries(@Nullable Integer retries, @Nullable Integer intervalSeconds) {}

  /**
   * A log to upload.
   *
   * @param security the security log; else diagnostics
   * @param legacy 1.6: GetDiagnostics, which knows diagnostics only
   * @param location where to, a directory
   */
  record Log(
      int requestId,
      boolean security,
      boolean legacy,
      String location,
      @Nullable Instant from,
      @Nullable Instant to,
      Tries tries) {}

  /**
   * A firmware to publish in the local network.
   *
   * @param md5 hexadecimal
   */
  record Publication(int requestId, String location, String md5, Tries tries) {}

  /**
   * Which messages a station is to report.
   *
   * @param id null: any, and so on
   */
  record DisplayQuery(
      int requestId, @Nullable Integer id, @Nullable String priority, @Nullable String state) {}

  /**
   * A customer whose data is read or erased: named by exactly one of the last three (N09.FR.04).
   *
   * @param tokenType of the id token
   * @param certificate hashes of a contract certificate as installed (N09.FR.08)
   */
  record CustomerQuery(
      int requestId,
      boolean report,
      boolean clear,
      @Nullable String idToken,
      @Nullable String tokenType,
      @Nullable CertificateHash certificate,
      @Nullable String identifier) {}

  /** A certificate by its hashes, hexadecimal. */
  record CertificateHash(
      String hashAlgorithm, String issuerNameHash, String issuerKeyHash, String serialNumber) {}

  Optional<Order> firmware(Firmware firmware);

  Optional<Order> log(Log log);

  Optional<Order> publish(Publication publication);

  /**
   * @param md5 hexadecimal
   */
  Optional<Order> unpublish(String md5);

  Optional<Order> setDisplay(DisplayMessage message);

  Optional<Order> clearDisplay(int messageId);

  Optional<Order> getDisplays(DisplayQuery query);

  Optional<Order> customer(CustomerQuery query);
}
