package org.ampay.ocpi.v221;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.cdr.CdrForm;
import org.ampay.ocpi.cdr.CdrTariffs;
import org.ampay.ocpi.cdr.RoamingCdr;
import org.ampay.ocpi.json.JsonText;
import org.ampay.ocpi.json.RecordJson;

/** CDRs of OCPI 2.2.1. */
public final class Cdrs221 implements CdrForm {

  private final CdrTariffs tariffs;

  public Cdrs221(CdrTariffs tariffs) {
    this.tariffs = tariffs;
  }

  @Override
  public String text(RoamingCdr cdr) {
    return JsonText.of(
        json -> {
          RecordJson.head(json, cdr);
          json.list(
              "tariffs",
              items -> {
                for (ObjectNode tariff :
                    tariffs.objects(OcpiVersion.V2_2_1, cdr.tariff(), cdr.ours(), cdr.start())) {
                  items.tree(tariff);
                }
              });
          RecordJson.rest(json, cdr, Prices221::write);
        });
  }
}
