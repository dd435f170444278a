package org.ampay.app;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.ampay.station.certs.CertificateSettings;

/** Reads how certificates are dealt with. */
final class SettingsCertificates {

  private SettingsCertificates() {}

  static CertificateSettings read(SettingsReader in) {
    return new CertificateSettings(
        Duration.ofDays(in.integer("certificates.validity", 365, 1, 3_650, "days")),
        Duration.ofDays(in.integer("certificates.renew_before", 30, 1, 365, "days")),
        in.yesOrNo("certificates.renew", true),
        in.yesOrNo("certificates.additional_root_check", false),
        new CertificateSettings.Ocsp(
            Duration.ofSeconds(in.integer("ocsp.timeout", 5, 1, 60, "seconds")),
            in.yesOrNo("ocsp.private_addresses", false),
            in.yesOrNo("ocsp.nonce_required", false)),
        new CertificateSettings.Contracts(
            Optional.of(in.read("contracts.url", "", SettingsText::url))
                .filter(url -> !url.isEmpty())
                .map(URI::create),
            in.text("contracts.token", ""),
            Duration.ofSeconds(in.integer("contracts.timeout", 10, 1, 60, "seconds"))));
  }
}
