package org.ampay.ocpi.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;

/** Tariffs as 2.2.1 and 2.3.0 write them alike. */
public final class TariffTree {

  private TariffTree() {}

  /** The tree of a tariff without extensions; numbers keep every digit. */
  public static ObjectNode of(Tariff tariff) {
    ObjectNode node = (ObjectNode) TariffJson.readTree(TariffJson.write(tariff));
    // Ours alone; and OCPI has them where the whole tariff is of a terminal.
    node.remove("preauthorize_amount");
    node.remove("negative_prices");
    return node;
  }

  /** Renames the figures of both limits. */
  public static void renameLimits(ObjectNode tariff, String without, String with) {
    for (String name : new String[] {"min_price", "max_price"}) {
      if (tariff.get(name) instanceof ObjectNode limit) {
        JsonNode excl = first(limit, "excl_vat", "before_taxes");
        JsonNode incl = first(limit, "incl_vat", "after_taxes");
        limit.removeAll();
        limit.set(without, excl);
        if (!incl.isMissingNode()) {
          limit.set(with, incl);
        }
      }
    }
  }

  private static JsonNode first(ObjectNode limit, String name, String other) {
    return limit.has(name) ? limit.path(name) : limit.path(other);
  }

  /** Without zeros at the end, and never with an exponent. */
  public static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
