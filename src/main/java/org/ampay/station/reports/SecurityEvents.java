package org.ampay.station.reports;

import java.util.Set;

/** Which security events call for a person, by the protocols' lists and names of both versions. */
public final class SecurityEvents {

  private static final Set<String> CRITICAL =
      Set.of(
          "FirmwareUpdated",
          "SettingSystemTime",
          "StartupOfTheDevice",
          "ResetOrReboot",
          "SecurityLogWasCleared",
          "MemoryExhaustion",
          "TamperDetectionActivated",
          "InvalidFirmwareSignature",
          "InvalidFirmwareSigningCertificate",
          "InvalidCsmsCertificate",
          "InvalidCentralSystemCertificate",
          "InvalidChargingStationCertificate",
          "InvalidChargePointCertificate",
          "InvalidTLSVersion",
          "InvalidTLSCipherSuite",
          "MaintenanceLoginAccepted",
          "MaintenanceLoginFailed");

  private SecurityEvents() {}

  /** Whether the event is on the list of critical ones; events of a vendor's own are not. */
  public static boolean isCritical(String type) {
    return CRITICAL.contains(type);
  }
}
