package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tariff says about itself, without influence on any price.
 *
 * @param id OCPI id, at most 36 printable characters; null before it is stored
 * @param altUrl page that explains the tariff
 * @param energyMix OCPI EnergyMix as compact JSON text, passed on to partners
 * @param preauthorizeAmount OCPI 2.3.0 payments: what a terminal should reserve
 */
public record TariffInfo(
    @Nullable String id,
    @Nullable TariffType type,
    List<DisplayText> altTexts,
    @Nullable String altUrl,
    @Nullable String energyMix,
    @Nullable BigDecimal preauthorizeAmount) {

  private static final int MAX_ALT_TEXTS = 20;
  private static final int MAX_URL = 255;
  private static final int MAX_ENERGY_MIX = 8_000;

  public static final TariffInfo NONE = new TariffInfo(null, null, List.of(), null, null, null);

  public TariffInfo {
    altTexts = List.copyOf(altTexts);
    if (id != null) {
      Checks.require(
          id.matches("[\\x20-\\x7E]{1,36}"), "id", "must be 1 to 36 printable ASCII characters");
    }
    Checks.require(
        altTexts.size() <= MAX_ALT_TEXTS,
        "tariff_alt_text",
        "must have at most " + MAX_ALT_TEXTS + " entries");
    Checks.text(altUrl, MAX_URL, "tariff_alt_url");
    Checks.text(energyMix, MAX_ENERGY_MIX, "energy_mix");
    Checks.amount(preauthorizeAmount, Tariff.PRICE_DECIMALS, "preauthorize_amount");
  }

  TariffInfo withId(String newId) {
    return new TariffInfo(newId, type, altTexts, altUrl, energyMix, preauthorizeAmount);
  }
}
