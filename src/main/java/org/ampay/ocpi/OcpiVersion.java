package org.ampay.ocpi;

import java.util.Arrays;
import java.util.Optional;

/** The versions that we speak, oldest first. */
public enum OcpiVersion {
  V2_2_1("2.2.1"),
  V2_3_0("2.3.0");

  private final String wire;

  OcpiVersion(String wire) {
    this.wire = wire;
  }

  /** As in URLs and version lists: {@code 2.2.1}. */
  public String wire() {
    return wire;
  }

  /** The version of that text; empty: none that we speak. */
  public static Optional<OcpiVersion> of(String wire) {
    return Arrays.stream(values()).filter(version -> version.wire.equals(wire)).findFirst();
  }
}
