package org.ampay.ocpi.v221;

import java.util.Optional;
import org.ampay.ocpi.json.LocationJson;
import org.ampay.ocpi.location.LocationForm;

/** Locations of OCPI 2.2.1. */
public final class Locations221 {

  private Locations221() {}

  public static LocationForm form() {
    return new LocationJson(Locations221::standard);
  }

  /** MCS and SAE_J3400 came with 2.3.0; the plug of J3400 is that of TESLA_S. */
  private static Optional<String> standard(String standard) {
    return switch (standard) {
      case "MCS" -> Optional.empty();
      case "SAE_J3400" -> Optional.of("TESLA_S");
      default -> Optional.of(standard);
    };
  }
}
