package org.ampay.web.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.station.Inventory;
import org.ampay.station.Site;
import org.ampay.tariff.BillLine;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Price;
import org.ampay.tariff.PriceLine;
import org.ampay.tariff.PricePeriod;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.simulation.TriedTariffs;

/** What a session that a person thinks up would cost, and why. */
public final class TrialPages {

  private static final String DRAFT = "draft";
  private static final int DECIMALS = 4;

  private final Pages pages;
  private final TriedTariffs tariffs;
  private final Inventory inventory;

  TrialPages(Pages pages, TriedTariffs tariffs, Inventory inventory) {
    this.pages = pages;
    this.tariffs = tariffs;
    this.inventory = inventory;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/tariffs/{id}/try", Permission.TARIFFS_READ, this::blank),
        ConsoleRoute.post("/tariffs/{id}/try", Permission.TARIFFS_READ, this::price));
  }

  /**
   * A price component in one period.
   *
   * @param state of the session then
   * @param rule the restrictions that matched, empty when there are none
   * @param amount with tax, four decimals
   */
  public record PeriodLine(
      Instant from,
      Instant to,
      String state,
      String dimension,
      String rule,
      BigDecimal volume,
      BigDecimal unitPrice,
      BigDecimal amount) {}

  /** What the form's session costs. */
  public record Result(Price price, List<BillLine> lines, List<PeriodLine> periods) {

    static Result of(Price price) {
      List<PeriodLine> periods = new ArrayList<>();
      for (PriceLine line : price.lines()) {
        PricePeriod period = price.periods().get(line.period());
        periods.add(
            new PeriodLine(
                period.from(),
                period.to(),
                period.state().name(),
                line.dimension().name(),
                line.by().rule(),
                line.billed().round(DECIMALS, RoundingMode.HALF_UP),
                line.by().price().price(),
                line.amount().incl().round(DECIMALS, RoundingMode.HALF_UP)));
      }
      return new Result(price, price.billLines(), periods);
    }
  }

  private StoredTariff stored(PageCall call) {
    return tariffs
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer blank(PageCall call) {
    StoredTariff stored = stored(call);
    List<TariffVersion> versions = tariffs.versions(stored);
    String json =
        versions.isEmpty()
            ? ""
            : TariffJson.readTree(TariffJson.write(versions.getLast().tariff())).toPrettyString();
    TrialForm form =
        TrialForm.empty(
            String.valueOf(stored.currentVersion()),
            json,
            call.ui().place().zone(),
            call.ui().place().now());
    return show(call, 200, stored, form, Optional.empty(), "");
  }

  private Answer price(PageCall call) {
    StoredTariff stored = stored(call);
    TrialForm form = TrialForm.of(call);
    try {
      Tariff tariff = tariff(call, stored, form);
      TariffSnapshot snapshot =
          TariffSnapshot.of(
                  stored.id(), stored.currentVersion(), tariff, form.zone(), RoundingMode.HALF_UP)
              .withTerms(form.terms(call.ui().t("tryout.tier"), call.ui().t("tryout.coupon")));
      Price price = Pricing.price(snapshot, form.trial().facts());
      return show(call, 200, stored, form, Optional.of(Result.of(price)), "");
    } catch (InvalidInputException e) {
      return show(call, 400, stored, form, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private Tariff tariff(PageCall call, StoredTariff stored, TrialForm form) {
    return form.get("version").equals(DRAFT)
        ? tariffs.draft(call.operatorId(), stored, form.get("json")).tariff()
        : tariffs.version(stored, (int) new Ref(form.get("version")).id().orElse(0)).tariff();
  }

  private Answer show(
      PageCall call,
      int status,
      StoredTariff stored,
      TrialForm form,
      Optional<Result> result,
      String error) {
    TreeSet<String> zones = new TreeSet<>();
    inventory.sites(call.operatorId()).stream()
        .map(Site::zone)
        .forEach(zone -> zones.add(zone.getId()));
    zones.add(call.ui().place().zone().getId());
    Map<String, Object> model = new HashMap<>();
    model.put("stored", stored);
    model.put("form", form);
    model.put("versions", tariffs.versions(stored).reversed());
    model.put("zones", List.copyOf(zones));
    model.put("result", result);
    model.put("error", error);
    return pages.page(status, "tariff-try", call.ui(), model);
  }
}
