package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.util.Optional;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.tariff.CalendarJson;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.PriceRequest;
import org.ampay.tariff.PriceResponse;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.web.http.Ref;
import org.jspecify.annotations.Nullable;

/** {@code POST /tariffs/price}: finds the stored tariffs and calendars that a body names. */
final class TariffPrices {

  private static final String CALENDAR_ID = "calendar_id";

  private final TariffCatalog catalog;

  TariffPrices(TariffCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The answer.
   *
   * @throws InvalidInputException naming the path of what is wrong
   */
  JsonNode price(ApiCall call) {
    Long operator = call.scope().operatorId();
    JsonNode body = TariffJson.readTree(call.http().body());
    withTextId(body);
    Optional<Integer> version = takeVersion(body);
    withCalendar(operator, body.path("tariff"), "tariff");
    JsonNode several = body.path("tariffs");
    for (int i = 0; i < several.size(); i++) {
      withCalendar(operator, several.get(i), "tariffs[" + i + "]");
    }
    PriceRequest request = PriceRequest.parse(body, id -> stored(operator, id, version));
    return PriceResponse.of(Pricing.price(request.snapshot(), request.facts()));
  }

  private Optional<TariffSnapshot> stored(
      @Nullable Long operator, String id, Optional<Integer> version) {
    var number = new Ref(id).id();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    if (version.isEmpty()) {
      return catalog.current(operator, number.getAsLong(), ZoneOffset.UTC);
    }
    if (catalog.find(operator, number.getAsLong()).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        catalog
            .snapshot(operator, number.getAsLong(), version.get(), ZoneOffset.UTC)
            .orElseThrow(() -> new InvalidInputException("version", "there is no such version")));
  }

  /** Our ids are numbers, OCPI's are texts: either may stand in {@code tariff_id}. */
  private static void withTextId(JsonNode body) {
    if (body instanceof ObjectNode object && body.path("tariff_id").isIntegralNumber()) {
      object.put("tariff_id", body.path("tariff_id").asText());
    }
  }

  private static Optional<Integer> takeVersion(JsonNode body) {
    if (!(body instanceof ObjectNode object) || !body.has("version")) {
      return Optional.empty();
    }
    JsonNode version = object.remove("version");
    if (!version.isIntegralNumber() || !version.canConvertToInt()) {
      throw new InvalidInputException("version", "must be an integer");
    }
    if (!body.has("tariff_id")) {
      throw new InvalidInputException("version", "goes with tariff_id");
    }
    return Optional.of(version.intValue());
  }

  /** Puts the stored calendar in the place of its id. */
  private void withCalendar(@Nullable Long operator, JsonNode tariff, String path) {
    JsonNode id = tariff.path(CALENDAR_ID);
    if (!(tariff instanceof ObjectNode object)
        || !id.isIntegralNumber()
        || tariff.has("calendar")) {
      return; // the reader complains where there is something to complain about
    }
    var calendar =
        catalog
            .calendars()
            .inForce(operator, id.longValue())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        path + "." + CALENDAR_ID, "there is no such calendar"));
    object.remove(CALENDAR_ID);
    object.set("calendar", CalendarJson.write(calendar.calendar()));
  }
}
