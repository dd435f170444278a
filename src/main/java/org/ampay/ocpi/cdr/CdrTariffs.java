package org.ampay.ocpi.cdr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.tariff.TariffSnapshot;

/** The tariffs of CDRs and sessions, as the Tariffs module tells them. */
public interface CdrTariffs {

  /** The id of the tariff that is in force first. */
  String id(TariffSnapshot snapshot);

  /**
   * The tariffs, in a version's shape; always the same for the same arguments.
   *
   * @param at when the session began
   */
  List<ObjectNode> objects(OcpiVersion version, TariffSnapshot snapshot, PartyRef ours, Instant at);
}
