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
 * prices do not end, so they are cut to as many digits as do not change the sum of a session, and
 * the text says so.
 */
public final class Tariffs221 implements TariffForm {

  private static final int DIGITS = 9;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  @Override
  public ObjectNode write(OcpiTariff tariff) {
    ObjectNode node = TariffTree.of(tariff.tariff());
    node.remove("tax_included");
    TariffTree.renameLimits(node, "excl_vat", "incl_vat");
    Set<Unsaid> unsaid = EnumSet.noneOf(Unsaid.class);
    unsaid.addAll(tariff.unsaid());
    if (tariff.tariff().taxIncluded() == TaxIncluded.YES && !takeOut(node)) {
      unsaid.add(Unsaid.ROUNDED);
    }
    TariffTexts.put(node, tariff.tariff(), unsaid);
    return node;
  }

  /** Takes the tax out of all prices; false: some had to be rounded. */
  private static boolean takeOut(ObjectNode tariff) {
    boolean exact = true;
    for (JsonNode element : tariff.path("elements")) {
      for (JsonNode component : element.path("price_components")) {
        exact &= takeOut((ObjectNode) component, component.path("vat").decimalValue());
      }
    }
    return exact;
  }

  private static boolean takeOut(ObjectNode component, BigDecimal vat) {
    if (vat.signum() == 0) {
      return true;
    }
    BigDecimal with = component.path("price").decimalValue();
    BigDecimal factor = HUNDRED.add(vat);
    BigDecimal without =
        with.multiply(HUNDRED).divide(factor, DIGITS, RoundingMode.HALF_UP);
    component.put("price", TariffTree.plain(without));
    return without.multiply(factor).compareTo(with.multiply(HUNDRED)) == 0;
  }
}
