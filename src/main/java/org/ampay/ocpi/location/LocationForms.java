package org.ampay.ocpi.location;

import org.ampay.ocpi.OcpiVersion;

/** The form of each version. */
public record LocationForms(LocationForm v221, LocationForm v230) {

  public LocationForm of(OcpiVersion version) {
    return switch (version) {
      case V2_2_1 -> v221;
      case V2_3_0 -> v230;
    };
  }
}
