package org.ampay.web.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.access.Driver;
import org.ampay.access.Tokens;
import org.ampay.billing.catalog.Candidate;
import org.ampay.billing.catalog.Explanation;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.TariffQuery;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** What applies where and why: the tariff that a session would get, and why no other does. */
public final class TariffAppliesPages {

  private static final int MOST_OFFERED = 300;

  private final Pages pages;
  private final TariffCatalog catalog;
  private final TariffPlaces places;
  private final Inventory inventory;
  private final Tokens tokens;

  TariffAppliesPages(
      Pages pages, TariffCatalog catalog, TariffPlaces places, Inventory inventory, Tokens tokens) {
    this.pages = pages;
    this.catalog = catalog;
    this.places = places;
    this.inventory = inventory;
    this.tokens = tokens;
  }

  List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/tariffs/applies", Permission.TARIFFS_READ, this::page));
  }

  /** An assignment that names the place or the driver, with its tariff's name and price. */
  public record Row(Candidate candidate, String tariff, String target, String price) {}

  private Answer page(PageCall call) {
    Ui ui = call.ui();
    Map<String, Object> model = new HashMap<>();
    for (String field : List.of("station", "at", "driver", "group")) {
      model.put(field, call.query(field));
    }
    if (call.query("at").isEmpty()) {
      LocalDateTime now = LocalDateTime.ofInstant(ui.place().now(), ui.place().zone());
      model.put("at", now.truncatedTo(ChronoUnit.MINUTES).toString());
    }
    model.put(
        "stations",
        inventory.stations(call.operatorId()).stream()
            .map(StationInfo::identity)
            .sorted()
            .limit(MOST_OFFERED)
            .toList());
    model.put("error", "");
    model.put("rows", List.of());
    model.put("asked", false);
    if (!call.query("station").isEmpty()) {
      explain(call, model);
    }
    return pages.page(200, "tariff-applies", ui, model);
  }

  private void explain(PageCall call, Map<String, Object> model) {
    Optional<StationInfo> station =
        inventory
            .byIdentity(call.query("station"))
            .filter(s -> s.operatorId() == call.operatorId());
    Instant at = time(call);
    Optional<Driver> driver = driver(call);
    if (station.isEmpty() || at == null) {
      model.put("error", call.ui().t(at == null ? "tariff.no_time" : "tariff.no_station"));
    } else if (driver.isEmpty() && !call.query("driver").isEmpty()) {
      model.put("error", call.ui().t("tariff.no_driver"));
    } else {
      Explanation explanation = catalog.explain(query(call, station.get(), at, driver));
      model.put("asked", true);
      model.put("rows", rows(call, explanation));
    }
  }

  private static @Nullable Instant time(PageCall call) {
    if (call.query("at").isEmpty()) {
      return call.ui().place().now();
    }
    try {
      return LocalDateTime.parse(call.query("at")).atZone(call.ui().place().zone()).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** By the driver's number or one of the tokens. */
  private Optional<Driver> driver(PageCall call) {
    String typed = call.query("driver").replaceFirst("^#", "");
    if (typed.isEmpty()) {
      return Optional.empty();
    }
    Optional<Driver> byId =
        new Ref(typed)
            .id().stream().boxed().findFirst().flatMap(id -> tokens.driver(call.operatorId(), id));
    return byId.or(
        () ->
            tokens
                .read(call.operatorId(), typed)
                .flatMap(token -> Optional.ofNullable(token.driverId()))
                .flatMap(id -> tokens.driver(call.operatorId(), id)));
  }

  private static TariffQuery query(
      PageCall call, StationInfo station, Instant at, Optional<Driver> driver) {
    Optional<Long> group =
        new Ref(call.query("group"))
            .id().stream()
                .boxed()
                .findFirst()
                .or(() -> driver.flatMap(known -> Optional.ofNullable(known.groupId())));
    return new TariffQuery(
            station.operatorId(), station.siteId(), station.id(), group, at, at, station.zone())
        .with(driver.map(Driver::id), station.currency());
  }

  private List<Row> rows(PageCall call, Explanation explanation) {
    List<Long> ids =
        explanation.candidates().stream().map(c -> c.assignment().tariffId()).distinct().toList();
    Map<Long, String> names = new HashMap<>();
    for (StoredTariff tariff : catalog.byIds(null, ids)) {
      names.put(tariff.id(), tariff.name());
    }
    return explanation.candidates().stream()
        .map(
            c ->
                new Row(
                    c,
                    names.getOrDefault(c.assignment().tariffId(), "#" + c.assignment().tariffId()),
                    places.name(call, c.assignment().level(), c.assignment().targetId()),
                    price(call, c)))
        .toList();
  }

  private static String price(PageCall call, Candidate candidate) {
    return candidate.version() == null
        ? ""
        : PriceText.display(candidate.version().tariff(), call.ui().language().locale());
  }
}
