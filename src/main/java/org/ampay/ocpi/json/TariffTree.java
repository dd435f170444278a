package org.ampay.ocpi.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;

/** Tariffs as 2.2.1 and 2.3.0 write them alike. */
public final class TariffTree {

  /** Of OCPI's number. */
  private static final int DIGITS = 4;

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

  /**
   * Rounds all numbers to the digits that OCPI has; times and steps are whole ones anyway.
   *
   * @return whether nothing had to be rounded
   */
  public static boolean round(JsonNode node) {
    boolean exact = true;
    if (node instanceof ObjectNode object) {
      for (String name : names(object)) {
        JsonNode value = object.path(name);
        if (value.isBigDecimal() && plain(value.decimalValue()).scale() > DIGITS) {
          object.put(name, plain(value.decimalValue().setScale(DIGITS, RoundingMode.HALF_UP)));
          exact = false;
        }
      }
    }
    for (JsonNode child : node) {
      exact &= round(child);
    }
    return exact;
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Without zeros at the end, and never with an exponent. */
  public static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
