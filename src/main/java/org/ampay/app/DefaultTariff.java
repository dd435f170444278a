package org.ampay.app;

import java.time.Instant;
import org.ampay.billing.catalog.Author;
import org.ampay.billing.catalog.NewAssignment;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffLevel;
import org.ampay.billing.catalog.TariffStore;
import org.ampay.station.Operator;
import org.ampay.tariff.CalendarJson;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TariffJson;

/** Makes tariffs and says where they hold, once. */
final class DefaultTariff {

  /** Before any session: a start that a station reports late has a price, too. */
  static final Instant ALWAYS = Instant.parse("2000-01-01T00:00:00Z");

  private static final String AUTHOR = "ampay";
  private static final String NAME = "Default 默认";
  private static final int MAX_TARIFFS = 1_000;

  private static final String JSON =
      """
      {"currency": "CNY", "elements": [{"price_components": [
        {"type": "ENERGY", "price": 1.00, "step_size": 1},
        {"type": "FLAT", "price": 0.50, "step_size": 1}]}]}
      """;

  private DefaultTariff() {}

  /** CNY 1.00 a kWh and 0.50 a session at the operator's level, unless it is there. */
  static void ensure(Foundation on, Operator operator) {
    ensure(on, operator.id(), NAME, JSON, TariffLevel.OPERATOR, operator.id());
  }

  /** A tariff of that name at that place, unless the operator has one of that name. */
  static void ensure(
      Foundation on, long operatorId, String name, String json, TariffLevel level, long target) {
    TariffCatalog catalog = catalog(on);
    boolean there =
        catalog.list(operatorId, 0, MAX_TARIFFS).stream()
            .anyMatch(tariff -> tariff.name().equals(name));
    if (!there) {
      StoredTariff made =
          catalog.create(operatorId, name, TariffJson.read(TariffJson.readTree(json)), AUTHOR);
      catalog.assign(operatorId, made.id(), new NewAssignment(level, target, 0, ALWAYS), AUTHOR);
    }
  }

  /** The id of the operator's calendar of that name, which is made when there is none. */
  static long ensureCalendar(Foundation on, long operatorId, String json) {
    TariffCatalog catalog = catalog(on);
    TariffCalendar wanted = CalendarJson.read(TariffJson.readTree(json));
    return catalog.calendars().list(operatorId, 0, MAX_TARIFFS).stream()
        .filter(calendar -> calendar.name().equals(wanted.name()))
        .findFirst()
        .orElseGet(
            () ->
                catalog
                    .calendars()
                    .create(operatorId, wanted, Author.of(AUTHOR), (tx, made) -> {})
                    .calendar())
        .id();
  }

  private static TariffCatalog catalog(Foundation on) {
    return new TariffCatalog(on.database().transactor(), new TariffStore(), on.ids(), on.time());
  }
}
