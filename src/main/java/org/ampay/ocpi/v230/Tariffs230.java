package org.ampay.ocpi.v230;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Set;
import org.ampay.ocpi.json.TariffTree;
import org.ampay.ocpi.tariff.OcpiTariff;
import org.ampay.ocpi.tariff.TariffForm;
import org.ampay.ocpi.tariff.TariffTexts;
import org.ampay.ocpi.tariff.Unsaid;
import org.ampay.tariff.TaxIncluded;

/** Tariffs of OCPI 2.3.0: {@code tax_included} says whether prices hold the tax. */
public final class Tariffs230 implements TariffForm {

  @Override
  public ObjectNode write(OcpiTariff tariff) {
    ObjectNode node = TariffTree.of(tariff.tariff());
    if (!node.has("tax_included")) {
      node.put("tax_included", TaxIncluded.NO.wire());
    }
    TariffTree.renameLimits(node, "before_taxes", "after_taxes");
    Set<Unsaid> unsaid = EnumSet.noneOf(Unsaid.class);
    unsaid.addAll(tariff.unsaid());
    if (!TariffTree.round(node)) {
      unsaid.add(Unsaid.ROUNDED);
    }
    TariffTexts.put(node, tariff.tariff(), unsaid);
    return node;
  }
}
