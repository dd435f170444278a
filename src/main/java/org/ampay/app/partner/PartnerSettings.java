package org.ampay.app.partner;

import java.util.List;
import org.ampay.app.HostPort;
import org.ampay.app.SystemTime;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;

/**
 * What a partner is.
 *
 * @param listen where it serves; port 0: a free one
 * @param role {@code EMSP}, {@code PTP} …
 * @param versions that it offers
 * @param plainTokens whether it writes tokens as they are, as old systems do, instead of in base64
 */
public record PartnerSettings(
    HostPort listen,
    PartyRef party,
    String role,
    String name,
    List<OcpiVersion> versions,
    boolean plainTokens,
    TimeSource time) {

  public PartnerSettings {
    versions = List.copyOf(versions);
  }

  /** An eMSP on a free port of this machine. */
  public static PartnerSettings emsp(PartyRef party, OcpiVersion... versions) {
    return new PartnerSettings(
        new HostPort("127.0.0.1", 0),
        party,
        "EMSP",
        "Partner " + party,
        List.of(versions),
        false,
        new SystemTime());
  }

  /** The same in another role. */
  public PartnerSettings as(String otherRole) {
    return new PartnerSettings(listen, party, otherRole, name, versions, plainTokens, time);
  }

  /** The same with tokens written as they are. */
  public PartnerSettings withPlainTokens() {
    return new PartnerSettings(listen, party, role, name, versions, true, time);
  }
}
