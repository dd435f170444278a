package org.ampay.ocpi.v221;

import java.io.IOException;
import org.ampay.ocpi.cdr.Cost;
import org.ampay.ocpi.json.JsonText;

/** Prices of OCPI 2.2.1: without and with VAT. */
final class Prices221 {

  private Prices221() {}

  static void write(JsonText json, Cost cost) throws IOException {
    json.number("excl_vat", cost.excl().toDecimal()).number("incl_vat", cost.incl().toDecimal());
  }
}
