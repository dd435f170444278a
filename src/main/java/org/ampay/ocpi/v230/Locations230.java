package org.ampay.ocpi.v230;

import java.util.Optional;
import org.ampay.ocpi.json.LocationJson;
import org.ampay.ocpi.location.LocationForm;

/** Locations of OCPI 2.3.0. */
public final class Locations230 {

  private Locations230() {}

  public static LocationForm form() {
    return new LocationJson(Optional::of);
  }
}
