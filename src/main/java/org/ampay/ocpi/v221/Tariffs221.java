package org.ampay.ocpi.v221;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.Set;
import org.ampay.ocpi.json.TariffTree;
import org.ampay.ocpi.tariff.OcpiTariff;
import org.ampay.ocpi.tariff.TariffForm;
import org.ampay.ocpi.tariff.TariffTexts;
import org.ampay.ocpi.tariff.Unsaid;
import org.ampay.tariff.TaxIncluded;

/**
 * Tariffs of OCPI 2.2.1: prices are without tax. Where ours hold it, it is taken out; most such
 * prices do not end, so they are rounded to the digits that OCPI has, and the text says so.
 */
public final class Tariffs221 implements TariffForm {

  /** Before the rounding: more than any price has. */
  private static final int DIGITS = 20;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  @Override
  public ObjectNode write(OcpiTariff tariff) {
    ObjectNode node = TariffTree.of(tariff.tariff());
    node.remove("tax_included");
    TariffTree.renameLimits(node, "excl_vat", "incl_vat");
    Set<Unsaid> unsaid = EnumSet.noneOf(Unsaid.class);
    unsaid.addAll(tariff.unsaid());
    if (tariff.tariff().taxIncluded() == TaxIncluded.YES) {
      takeOut(node);
    }
    if (!TariffTree.round(node)) {
      unsaid.add(Unsaid.ROUNDED);
    }
    TariffTexts.put(node, tariff.tariff(), unsaid);
    return node;
  }

  /** Takes the tax out of all prices. */
  private static void takeOut(ObjectNode tariff) {
    for (JsonNode element : tariff.path("elements")) {
      for (JsonNode component : element.path("price_components")) {
        takeOut((ObjectNode) component, component.path("vat").decimalValue());
      }
    }
  }

  private static void takeOut(ObjectNode component, BigDecimal vat) {
    if (vat.signum() != 0) {
      BigDecimal with = component.path("price").decimalValue().multiply(HUNDRED);
      BigDecimal without = with.divide(HUNDRED.add(vat), DIGITS, RoundingMode.HALF_UP);
      component.put("price", TariffTree.plain(without));
    }
  }
}
