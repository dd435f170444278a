package org.ampay.web.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.billing.simulation.Basis;
import org.ampay.billing.simulation.NewRun;
import org.ampay.billing.simulation.Places;
import org.ampay.billing.simulation.Run;
import org.ampay.station.Inventory;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffJson;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.simulation.SimulationDesk;
import org.ampay.web.simulation.TriedTariffs;
import org.jspecify.annotations.Nullable;

/** Past sessions priced with another version of a tariff: form, progress, result. */
public final class SimulationPages {

  /** The choice of the form that is no version. */
  private static final String DRAFT = "draft";

  private static final int RUNS = 20;
  private static final int DAYS = 30;

  private final Pages pages;
  private final SimulationDesk desk;
  private final Inventory inventory;

  SimulationPages(Pages pages, SimulationDesk desk, Inventory inventory) {
    this.pages = pages;
    this.desk = desk;
    this.inventory = inventory;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/tariffs/{id}/simulate", Permission.TARIFFS_READ, this::blank),
        ConsoleRoute.post("/tariffs/{id}/simulate", Permission.TARIFFS_WRITE, this::start),
        ConsoleRoute.get("/tariffs/{id}/simulate/{run}", Permission.TARIFFS_READ, this::run),
        ConsoleRoute.get(
            "/tariffs/{id}/simulate/{run}/progress", Permission.TARIFFS_READ, this::progress),
        ConsoleRoute.post("/tariffs/{id}/simulate/{run}/end", Permission.TARIFFS_WRITE, this::end));
  }

  /**
   * What the form holds.
   *
   * @param version a number or {@code draft}
   */
  public record Form(
      String version,
      String json,
      String from,
      String to,
      String basis,
      Set<String> sites,
      boolean tariffOnly) {}

  private StoredTariff stored(PageCall call) {
    return desk.tariffs()
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  /** The newest version, the last thirty days. */
  private Answer blank(PageCall call) {
    StoredTariff stored = stored(call);
    LocalDate today = LocalDate.ofInstant(call.ui().place().now(), call.ui().place().zone());
    List<TariffVersion> versions = desk.tariffs().versions(stored);
    String json =
        versions.isEmpty()
            ? ""
            : TariffJson.readTree(TariffJson.write(versions.getLast().tariff())).toPrettyString();
    Form form =
        new Form(
            String.valueOf(stored.currentVersion()),
            json,
            today.minusDays(DAYS).toString(),
            today.toString(),
            Basis.LIST.code(),
            Set.of(),
            true);
    return form(call, 200, stored, form, "");
  }

  private Answer form(PageCall call, int status, StoredTariff stored, Form form, String error) {
    Map<String, Object> model = new HashMap<>();
    model.put("stored", stored);
    model.put("form", form);
    model.put("error", error);
    model.put("versions", desk.tariffs().versions(stored).reversed());
    model.put("sites", inventory.sites(call.operatorId()));
    model.put("runs", desk.list(call.operatorId(), stored.id(), Long.MAX_VALUE, RUNS));
    return pages.page(status, "tariff-simulate", call.ui(), model);
  }

  private static Form read(PageCall call) {
    return new Form(
        call.form("version"),
        call.form("json"),
        call.form("from"),
        call.form("to"),
        call.form("basis"),
        call.formAll("site").stream().filter(s -> !s.isEmpty()).collect(Collectors.toSet()),
        !call.form("tariff_only").isEmpty());
  }

  /** Begins, or with {@code prepare} shows the form with a draft that the editor sends. */
  private Answer start(PageCall call) {
    StoredTariff stored = stored(call);
    if (!call.form("prepare").isEmpty()) {
      LocalDate today = LocalDate.ofInstant(call.ui().place().now(), call.ui().place().zone());
      return form(
          call,
          200,
          stored,
          new Form(
              DRAFT,
              call.form("json"),
              today.minusDays(DAYS).toString(),
              today.toString(),
              Basis.LIST.code(),
              Set.of(),
              true),
          "");
    }
    Form form = read(call);
    try {
      Run run = desk.start(call.operatorId(), wish(call, stored, form), call.caller());
      return Answer.seeOther("/tariffs/" + stored.id() + "/simulate/" + run.id());
    } catch (InvalidInputException e) {
      return form(call, 400, stored, form, String.valueOf(e.getMessage()));
    } catch (ProblemException e) {
      return form(call, 409, stored, form, String.valueOf(e.getMessage()));
    }
  }

  private NewRun wish(PageCall call, StoredTariff stored, Form form) {
    TriedTariffs.Tried tried =
        form.version().equals(DRAFT)
            ? desk.tariffs().draft(call.operatorId(), stored, form.json())
            : desk.tariffs().version(stored, (int) new Ref(form.version()).id().orElse(0));
    return new NewRun(
        stored.id(),
        tried.version(),
        stored.name(),
        tried.tariff(),
        Basis.of(form.basis()).orElse(Basis.LIST),
        day(call, "from", form.from(), 0),
        day(call, "to", form.to(), 1),
        new Places(
            desk.sites(call.operatorId(), List.copyOf(form.sites())), Set.of(), form.tariffOnly()));
  }

  /** The beginning of a day of the form; its last day is meant whole. */
  private static Instant day(PageCall call, String field, String text, int later) {
    try {
      return LocalDate.parse(text)
          .plusDays(later)
          .atStartOfDay(call.ui().place().zone())
          .toInstant();
    } catch (DateTimeException e) {
      throw new InvalidInputException(field, "must be a date like 2026-01-31");
    }
  }

  private Run find(PageCall call) {
    return desk.find(call.operatorId(), new Ref(call.pathParam("run")).id().orElse(0))
        .filter(run -> Objects.equals(run.what().tariffId(), call.idParam("id")))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer run(PageCall call) {
    return pages.page(200, "tariff-simulation", call.ui(), model(call));
  }

  private Answer progress(PageCall call) {
    return pages.page(200, "part/simulation-run", call.ui(), model(call));
  }

  private Map<String, Object> model(PageCall call) {
    Run run = find(call);
    return Map.of("run", run, "view", SimulationView.of(run, desk.result(run)));
  }

  private Answer end(PageCall call) {
    Run run = find(call);
    desk.end(call.operatorId(), run.id(), call.caller());
    @Nullable Run left = desk.find(call.operatorId(), run.id()).orElse(null);
    String form = "/tariffs/" + call.idParam("id") + "/simulate";
    return Answer.seeOther(left == null ? form : form + "/" + left.id());
  }
}
