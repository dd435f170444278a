package org.ampay.tariff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code POST /api/v1/tariffs/price}. Amounts and volumes are unrounded decimal texts
 * (20 digits where the decimal never ends), null where the tax is not known.
 */
public final class PriceResponse {

  private PriceResponse() {}

  /** The price as JSON. */
  public static ObjectNode of(Price price) {
    ObjectNode answer = TariffWriter.NODES.objectNode();
    answer.put("currency", price.currency());
    answer.put("total_excl", plain(price.total().excl()));
    answer.put("total_incl", plain(price.total().incl()));
    if (price.limited()) {
      answer.set("before_price_limits", amount(price.beforeLimits()));
    }
    ObjectNode costs = answer.putObject("costs");
    for (Map.Entry<Price.Cost, Amount> cost : price.costs().entrySet()) {
      costs.set(cost.getKey().wire(), amount(cost.getValue()));
    }
    answer.put("total_energy_kwh", plain(price.totalKwh()));
    answer.put("total_time_h", plain(price.totalHours()));
    answer.put("total_parking_time_h", plain(price.totalParkingHours()));
    ArrayNode periods = answer.putArray("charging_periods");
    price.periods().forEach(period -> periods.add(period(period)));
    ArrayNode lines = answer.putArray("lines");
    price.lines().forEach(line -> lines.add(line(price, line)));
    adjustments(answer, price);
    ObjectNode rounded = answer.putObject("rounded");
    rounded.put("excl", price.payableExcl().map(PriceResponse::decimal).orElse(null));
    rounded.put("incl", decimal(price.payable()));
    return answer;
  }

  private static ObjectNode amount(Amount amount) {
    ObjectNode node = TariffWriter.NODES.objectNode();
    node.put("excl", plain(amount.excl()));
    node.put("incl", plain(amount.incl()));
    return node;
  }

  private static ObjectNode period(PricePeriod period) {
    ObjectNode node = TariffWriter.NODES.objectNode();
    node.put("start_date_time", time(period.from()));
    node.put("end_date_time", time(period.to()));
    node.put("tariff_id", period.tariffId());
    ArrayNode dimensions = node.putArray("dimensions");
    if (period.hasEnergy()) {
      dimension(dimensions, LineDimension.ENERGY, period.kwh());
    }
    dimension(dimensions, period.timeDimension(), period.hours());
    return node;
  }

  private static void dimension(ArrayNode dimensions, LineDimension type, Exact volume) {
    ObjectNode node = dimensions.addObject();
    node.put("type", type.name());
    node.put("volume", plain(volume));
  }

  private static ObjectNode line(Price price, PriceLine line) {
    PricedBy by = line.by();
    Instant from = price.periods().get(line.period()).from();
    Instant to = price.periods().get(line.period()).to();
    ObjectNode node = TariffWriter.NODES.objectNode();
    node.put("period", line.period());
    node.put("dimension", line.dimension().name());
    node.put("element", by.element() == PricedBy.NO_ELEMENT ? null : by.element());
    node.put("volume", plain(line.volume()));
    node.put("billed", plain(line.billed()));
    node.put("price", plain(Exact.of(by.price().price())));
    node.put("vat", by.price().vat());
    node.put("excl", plain(line.amount().excl()));
    node.put("incl", plain(line.amount().incl()));
    node.put("from", time(from));
    node.put("to", time(to));
    node.put("rule", by.rule());
    return node;
  }

  private static void adjustments(ObjectNode answer, Price price) {
    if (price.adjustments().isEmpty()) {
      return;
    }
    ArrayNode list = answer.putArray("adjustments");
    for (Adjustment adjustment : price.adjustments()) {
      Funder funder = adjustment.funder();
      ObjectNode node = list.addObject();
      node.put("dimension", adjustment.kind().name());
      node.put("label", adjustment.label());
      node.put("funder", funder == null ? null : funder.wire());
      node.put("ref", adjustment.ref());
      node.put("vat", adjustment.vat());
      node.put("excl", plain(adjustment.change().excl()));
      node.put("incl", plain(adjustment.change().incl()));
    }
    if (price.pointsUsed() > 0) {
      answer.put("points_used", price.pointsUsed());
    }
    if (price.belowMinimum()) {
      answer.put("below_minimum", true);
    }
  }

  private static @Nullable String plain(@Nullable Exact value) {
    return value == null ? null : value.toPlainString();
  }

  /** RFC 3339 with as many digits of the second as it has. */
  private static String time(Instant instant) {
    String text = instant.toString();
    return text.indexOf('.') < 0 ? text : text.replaceFirst("0+Z$", "Z");
  }

  private static String decimal(Money money) {
    return money.toDecimal().toPlainString();
  }
}
