package org.ampay.ocpi.cdr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.json.JsonText;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TaxIncluded;

/**
 * The tariffs of a CDR as they were frozen at the session's start. In 2.2.1 prices are without VAT:
 * where ours hold it, it is taken out, to 4 digits.
 */
public final class FrozenTariffs implements CdrTariffs {

  private static final int DIGITS = 4;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** What only our tariffs have; partners see the OCPI part. */
  private static final List<String> OURS =
      List.of(
          "calendar_id", "calendar", "occupancy", "minimum_session", "ceilings", "negative_prices");

  @Override
  public String id(TariffSnapshot snapshot) {
    return snapshot.tariffId() + "-" + snapshot.version();
  }

  @Override
  public List<ObjectNode> objects(
      OcpiVersion version, TariffSnapshot snapshot, PartyRef ours, Instant at) {
    List<ObjectNode> objects = new ArrayList<>();
    for (int i = 0; i < snapshot.tariffs().size(); i++) {
      Tariff tariff = snapshot.tariffs().get(i);
      String id = i == 0 ? id(snapshot) : tariff.idOrEmpty();
      ObjectNode object = (ObjectNode) TariffJson.readTree(TariffJson.write(tariff.withId(id)));
      object.remove(OURS);
      cutPrices(object);
      boolean withTax = tariff.taxIncluded() == TaxIncluded.YES;
      switch (version) {
        case V2_2_1 -> asOf221(object, withTax);
        case V2_3_0 -> asOf230(object);
      }
      object.put("country_code", ours.countryCode());
      object.put("party_id", ours.partyId());
      object.put("last_updated", JsonText.time(at));
      objects.add(object);
    }
    return objects;
  }

  /** OCPI's numbers have 4 digits; a price of ours that has more is told as near as that goes. */
  private static void cutPrices(ObjectNode object) {
    for (JsonNode element : object.path("elements")) {
      if (element.path("restrictions") instanceof ObjectNode restrictions) {
        wholeSeconds(restrictions, "min_duration");
        wholeSeconds(restrictions, "max_duration");
      }
      for (JsonNode component : element.path("price_components")) {
        BigDecimal price = component.path("price").decimalValue();
        if (price.stripTrailingZeros().scale() > DIGITS) {
          ((ObjectNode) component).put("price", price.setScale(DIGITS, RoundingMode.HALF_UP));
        }
      }
    }
  }

  /** Durations are integers, however they were written. */
  private static void wholeSeconds(ObjectNode restrictions, String field) {
    BigDecimal seconds = restrictions.path(field).decimalValue();
    if (restrictions.has(field) && seconds.stripTrailingZeros().scale() <= 0) {
      restrictions.put(field, seconds.toBigInteger());
    }
  }

  private static void asOf221(ObjectNode object, boolean withTax) {
    object.remove(List.of("tax_included", "preauthorize_amount"));
    rename(object, "before_taxes", "excl_vat");
    rename(object, "after_taxes", "incl_vat");
    if (withTax) {
      for (JsonNode element : object.path("elements")) {
        for (JsonNode component : element.path("price_components")) {
          takeOut((ObjectNode) component);
        }
      }
    }
  }

  private static void takeOut(ObjectNode component) {
    BigDecimal vat = component.path("vat").decimalValue();
    if (vat.signum() != 0) {
      BigDecimal price = component.path("price").decimalValue().multiply(HUNDRED);
      component.put(
          "price", Periods.plain(price.divide(HUNDRED.add(vat), DIGITS, RoundingMode.HALF_UP)));
    }
  }

  private static void asOf230(ObjectNode object) {
    if (!object.has("tax_included")) {
      object.put("tax_included", TaxIncluded.NO.wire());
    }
    rename(object, "excl_vat", "before_taxes");
    rename(object, "incl_vat", "after_taxes");
  }

  private static void rename(ObjectNode object, String from, String to) {
    for (String limit : List.of("min_price", "max_price")) {
      if (object.get(limit) instanceof ObjectNode price && price.has(from)) {
        price.set(to, price.remove(from));
      }
    }
  }
}
