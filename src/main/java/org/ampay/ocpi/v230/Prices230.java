package org.ampay.ocpi.v230;

import java.io.IOException;
import org.ampay.ocpi.cdr.Cost;
import org.ampay.ocpi.json.JsonText;

/** Prices of OCPI 2.3.0: before taxes, and each tax. */
final class Prices230 {

  private Prices230() {}

  static void write(JsonText json, Cost cost) throws IOException {
    json.number("before_taxes", cost.excl().toDecimal());
    json.list(
        "taxes",
        items -> {
          for (Cost.Tax tax : cost.taxes()) {
            items.item(
                fields ->
                    fields
                        .text("name", "VAT")
                        .number("percentage", tax.percent())
                        .number("amount", tax.amount().toDecimal()));
          }
        });
  }
}
