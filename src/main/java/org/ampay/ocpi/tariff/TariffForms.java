package org.ampay.ocpi.tariff;

import org.ampay.ocpi.OcpiVersion;

/** The form of each version. */
public record TariffForms(TariffForm v221, TariffForm v230) {

  public TariffForm of(OcpiVersion version) {
    return switch (version) {
      case V2_2_1 -> v221;
      case V2_3_0 -> v230;
    };
  }
}
