package org.ampay.ocpi.http;

import java.util.Set;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;

/** One of our modules, as partners call it. */
public interface OcpiModule {

  ModuleId id();

  /** Which side we are. */
  InterfaceRole role();

  /** In which versions it exists. */
  Set<OcpiVersion> versions();

  /**
   * Does what is asked; blocks. {@link OcpiProblem} says what is wrong, any other exception is our
   * fault. A method that it does not have is HTTP 405.
   */
  OcpiAnswer handle(PartnerCall call);
}
