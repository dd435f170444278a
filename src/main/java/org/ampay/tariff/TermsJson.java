package org.ampay.tariff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link DriverTerms} from and to JSON:
 *
 * <pre>
 * {"tier":{"id":3,"name":"金卡","discounts":[{"costs":["SERVICE"],"percent":20}],
 *    "funder":"operator"},
 *  "coupons":[{"claim_id":77,"coupon_id":5,"name":"立减","kind":"AMOUNT","value":10,"cap":8,
 *    "min_spend":30,"costs":["ENERGY","SERVICE"],"funder":"platform"}],
 *  "points":{"most":500,"value":0.01,"max_percent":50,"funder":"platform"}}
 * </pre>
 */
final class TermsJson {

  private TermsJson() {}

  static DriverTerms read(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    TierTerm tier = tier(fields.object("tier"));
    List<CouponTerm> coupons = fields.list("coupons", DriverTerms.MAX_COUPONS, TermsJson::coupon);
    PointsTerm points = points(fields.object("points"));
    fields.end();
    return fields.build(() -> new DriverTerms(tier, coupons, points));
  }

  private static @Nullable TierTerm tier(@Nullable JsonFields fields) {
    if (fields == null) {
      return null;
    }
    long id = fields.requiredLong("id");
    String name = fields.requiredText("name");
    fields.required("discounts");
    List<TierDiscount> discounts =
        fields.list("discounts", TierTerm.MAX_DISCOUNTS, TermsJson::discount);
    Funder funder = funder(fields);
    fields.end();
    return fields.build(() -> new TierTerm(id, name, discounts, funder));
  }

  private static TierDiscount discount(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    Set<Price.Cost> costs = costs(fields);
    BigDecimal percent = fields.requiredDecimal("percent");
    fields.end();
    return fields.build(() -> new TierDiscount(costs, percent));
  }

  private static CouponTerm coupon(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    Long claim = fields.optionalLong("claim_id");
    long id = fields.requiredLong("coupon_id");
    String name = fields.requiredText("name");
    fields.required("kind");
    CouponTerm.Kind kind =
        Objects.requireNonNull(
            fields.choice("kind", CouponTerm.Kind.values(), CouponTerm.Kind::name));
    BigDecimal value = fields.requiredDecimal("value");
    BigDecimal cap = fields.decimal("cap");
    BigDecimal minSpend = fields.decimal("min_spend");
    Set<Price.Cost> costs = costs(fields);
    Funder funder = funder(fields);
    fields.end();
    return fields.build(
        () -> new CouponTerm(claim, id, name, kind, value, cap, minSpend, costs, funder));
  }

  private static @Nullable PointsTerm points(@Nullable JsonFields fields) {
    if (fields == null) {
      return null;
    }
    long most = fields.requiredLong("most");
    BigDecimal value = fields.requiredDecimal("value");
    BigDecimal percent = fields.requiredDecimal("max_percent");
    Funder funder = funder(fields);
    fields.end();
    return fields.build(() -> new PointsTerm(most, value, percent, funder));
  }

  private static Funder funder(JsonFields fields) {
    fields.required("funder");
    return Objects.requireNonNull(fields.choice("funder", Funder.values(), Funder::wire));
  }

  private static Set<Price.Cost> costs(JsonFields fields) {
    List<Price.Cost> costs =
        fields.list(
            "costs",
            Price.Cost.values().length,
            (node, path) ->
                JsonFields.choose(node.asText(), Price.Cost.values(), Price.Cost::name, path));
    return costs.isEmpty() ? Set.of() : EnumSet.copyOf(costs);
  }

  static ObjectNode write(DriverTerms terms) {
    ObjectNode node = TariffWriter.NODES.objectNode();
    TierTerm tier = terms.tier();
    if (tier != null) {
      ObjectNode one = node.putObject("tier").put("id", tier.id()).put("name", tier.name());
      ArrayNode discounts = one.putArray("discounts");
      for (TierDiscount discount : tier.discounts()) {
        ObjectNode row = discounts.addObject();
        costs(row, discount.costs());
        TariffWriter.number(row, "percent", discount.percent());
      }
      one.put("funder", tier.funder().wire());
    }
    if (!terms.coupons().isEmpty()) {
      ArrayNode coupons = node.putArray("coupons");
      terms.coupons().forEach(coupon -> write(coupons.addObject(), coupon));
    }
    PointsTerm points = terms.points();
    if (points != null) {
      ObjectNode one = node.putObject("points").put("most", points.most());
      TariffWriter.number(one, "value", points.value());
      TariffWriter.number(one, "max_percent", points.maxPercent());
      one.put("funder", points.funder().wire());
    }
    return node;
  }

  private static void write(ObjectNode node, CouponTerm coupon) {
    if (coupon.claimId() != null) {
      node.put("claim_id", coupon.claimId());
    }
    node.put("coupon_id", coupon.couponId());
    node.put("name", coupon.name());
    node.put("kind", coupon.kind().name());
    TariffWriter.number(node, "value", coupon.value());
    TariffWriter.number(node, "cap", coupon.cap());
    TariffWriter.number(node, "min_spend", coupon.minSpend());
    costs(node, coupon.costs());
    node.put("funder", coupon.funder().wire());
  }

  private static void costs(ObjectNode node, Set<Price.Cost> costs) {
    if (!costs.isEmpty()) {
      ArrayNode list = node.putArray("costs");
      costs.forEach(cost -> list.add(cost.name()));
    }
  }
}
