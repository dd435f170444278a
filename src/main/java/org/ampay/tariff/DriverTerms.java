package org.ampay.tariff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a driver pays less, frozen at the start of the session with its tariff.
 *
 * @param coupons in the order in which they are taken off
 */
public record DriverTerms(
    @Nullable TierTerm tier, List<CouponTerm> coupons, @Nullable PointsTerm points) {

  static final int MAX_NAME = 100;
  static final int MAX_COUPONS = 20;

  public static final DriverTerms NONE = new DriverTerms(null, List.of(), null);

  public DriverTerms {
    coupons = List.copyOf(coupons);
    Checks.require(coupons.size() <= MAX_COUPONS, "coupons", "must have at most " + MAX_COUPONS);
  }

  public boolean isNone() {
    return tier == null && coupons.isEmpty() && points == null;
  }

  /** Canonical JSON text. */
  public String toJson() {
    return TariffWriter.text(TermsJson.write(this));
  }

  /**
   * The terms that {@link #toJson} wrote.
   *
   * @throws InvalidInputException naming the path of what is wrong
   */
  public static DriverTerms parse(String json) {
    return read(TariffJson.readTree(json), "");
  }

  /** Terms that lie at {@code path} of a larger document. */
  public static DriverTerms read(JsonNode node, String path) {
    return TermsJson.read(node, path);
  }
}
