package org.ampay.ocpi.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a version of OCPI writes a tariff. */
public interface TariffForm {

  /** Its prices and texts: all but whose it is, its id and its times. */
  ObjectNode write(OcpiTariff tariff);
}
