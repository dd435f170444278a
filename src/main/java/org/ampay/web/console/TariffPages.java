package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.Assignment;
import org.ampay.billing.catalog.NewAssignment;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffLevel;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.station.Inventory;
import org.ampay.station.Site;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffWarnings;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;

/** Tariffs: list, editor, where they hold. */
public final class TariffPages {

  private static final int MOST = 500;

  private final Pages pages;
  private final TariffCatalog catalog;
  private final Inventory inventory;
  private final AuditLog audit;

  TariffPages(Pages pages, TariffCatalog catalog, Inventory inventory, AuditLog audit) {
    this.pages = pages;
    this.catalog = catalog;
    this.inventory = inventory;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/tariffs", Permission.TARIFFS_READ, this::list),
        ConsoleRoute.get("/tariffs/new", Permission.TARIFFS_WRITE, this::blank),
        ConsoleRoute.post("/tariffs", Permission.TARIFFS_WRITE, this::create),
        ConsoleRoute.post("/tariffs/preview", Permission.TARIFFS_READ, this::preview),
        ConsoleRoute.get("/tariffs/{id}", Permission.TARIFFS_READ, this::detail),
        ConsoleRoute.post("/tariffs/{id}", Permission.TARIFFS_WRITE, this::addVersion),
        ConsoleRoute.post("/tariffs/{id}/assignments", Permission.TARIFFS_WRITE, this::assign));
  }

  /** A tariff in the list. */
  public record TariffRow(StoredTariff stored, String text, int assignments) {}

  /** Where a tariff holds, with a name instead of an id. */
  public record AssignmentRow(Assignment assignment, String target) {}

  private Answer list(PageCall call) {
    List<TariffRow> rows =
        catalog.list(call.operatorId(), 0, MOST).stream()
            .map(
                stored ->
                    new TariffRow(
                        stored,
                        newest(stored).map(v -> text(v.tariff(), call.ui())).orElse(""),
                        catalog.assignments(stored.operatorId(), stored.id()).size()))
            .toList();
    return pages.page(200, "tariffs", call.ui(), Map.of("tariffs", rows));
  }

  private static String text(Tariff tariff, Ui ui) {
    return PriceText.display(tariff, ui.language().locale());
  }

  private Optional<TariffVersion> newest(StoredTariff stored) {
    List<TariffVersion> versions = catalog.versions(stored.operatorId(), stored.id());
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
  }

  private Answer blank(PageCall call) {
    return editor(call, 200, TariffForm.empty(), "");
  }

  private Answer editor(PageCall call, int status, TariffForm form, String error) {
    return pages.page(
        status,
        "tariff-new",
        call.ui(),
        Map.of("form", form, "error", error, "currency", call.ui().operator().currency()));
  }

  private Answer create(PageCall call) {
    TariffForm form = TariffForm.of(call);
    try {
      Tariff tariff = checked(() -> form.tariff(call.ui().operator().currency()));
      StoredTariff stored =
          checked(
              () ->
                  catalog.create(
                      call.operatorId(),
                      form.name(),
                      tariff,
                      author(call),
                      (tx, made) -> audit.append(tx, entry(call, made, "tariff.create"))));
      return Answer.seeOther("/tariffs/" + stored.id());
    } catch (ProblemException e) {
      return editor(call, 400, form, message(e));
    }
  }

  private static String message(ProblemException e) {
    return Objects.requireNonNullElse(e.getMessage(), "");
  }

  private Answer preview(PageCall call) {
    try {
      Tariff tariff =
          checked(
              () ->
                  call.form("json").isEmpty()
                      ? TariffForm.of(call).tariff(call.ui().operator().currency())
                      : TariffJson.read(TariffJson.readTree(call.form("json"))));
      return pages.page(
          200,
          "part/tariff-preview",
          call.ui(),
          Map.of(
              "chinese",
              PriceText.of(tariff, Locale.CHINESE),
              "english",
              PriceText.of(tariff, Locale.ENGLISH),
              "warnings",
              TariffWarnings.of(tariff),
              "error",
              ""));
    } catch (ProblemException e) {
      return pages.page(
          200,
          "part/tariff-preview",
          call.ui(),
          Map.of("chinese", "", "english", "", "warnings", List.of(), "error", message(e)));
    }
  }

  private StoredTariff find(PageCall call) {
    return catalog
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer detail(PageCall call) {
    StoredTariff stored = find(call);
    Tariff tariff = newest(stored).map(TariffVersion::tariff).orElseThrow(() -> unreadable(stored));
    return detail(call, 200, stored, TariffForm.of(stored.name(), tariff), "");
  }

  private static RuntimeException unreadable(StoredTariff stored) {
    return new IllegalStateException("tariff " + stored.id() + " cannot be read");
  }

  private Answer detail(
      PageCall call, int status, StoredTariff stored, Optional<TariffForm> form, String error) {
    Tariff tariff = newest(stored).map(TariffVersion::tariff).orElseThrow(() -> unreadable(stored));
    Map<String, Object> model = new HashMap<>();
    model.put("stored", stored);
    model.put("text", text(tariff, call.ui()));
    model.put("simple", form.isPresent());
    model.put("form", form.orElseGet(TariffForm::empty));
    model.put("json", TariffJson.readTree(TariffJson.write(tariff)).toPrettyString());
    model.put("error", error);
    model.put("versions", catalog.versions(stored.operatorId(), stored.id()).reversed());
    model.put(
        "assignments",
        catalog.assignments(stored.operatorId(), stored.id()).stream()
            .map(a -> new AssignmentRow(a, target(a, call)))
            .toList());
    model.put("sites", inventory.sites(call.operatorId()));
    return pages.page(status, "tariff", call.ui(), model);
  }

  private String target(Assignment assignment, PageCall call) {
    long id = assignment.targetId();
    return switch (assignment.level()) {
      case STATION -> inventory.byId(id).map(s -> s.identity()).orElse("#" + id);
      case SITE -> inventory.site(call.operatorId(), id).map(Site::name).orElse("#" + id);
      case OPERATOR -> call.ui().operator().name();
      case DRIVER, GROUP -> "#" + id;
      case PLATFORM -> "";
    };
  }

  private Answer addVersion(PageCall call) {
    StoredTariff stored = find(call);
    TariffForm form = TariffForm.of(call);
    boolean advanced = !call.form("json").isEmpty();
    try {
      Tariff tariff =
          checked(
              () ->
                  advanced
                      ? TariffJson.read(TariffJson.readTree(call.form("json")))
                      : form.tariff(stored.currency()));
      present(
          checked(
              () ->
                  catalog.addVersion(
                      call.operatorId(),
                      stored.id(),
                      call.formOrNull("name"),
                      tariff,
                      author(call),
                      (tx, next) -> audit.append(tx, published(call, next)))));
      return Answer.seeOther("/tariffs/" + stored.id());
    } catch (ProblemException e) {
      return detail(call, 400, stored, advanced ? Optional.empty() : Optional.of(form), message(e));
    }
  }

  private static void present(Optional<?> written) {
    if (written.isEmpty()) {
      throw Problem.notFound(null).exception();
    }
  }

  private static AuditEntry published(PageCall call, StoredTariff next) {
    return entry(call, next, "tariff.version").with("version", next.currentVersion());
  }

  private Answer assign(PageCall call) {
    StoredTariff stored = find(call);
    try {
      NewAssignment wish = checked(() -> wish(call));
      present(
          checked(
              () ->
                  catalog.assign(
                      call.operatorId(),
                      stored.id(),
                      wish,
                      author(call),
                      (tx, made) -> audit.append(tx, assigned(call, stored, made)))));
      return Answer.seeOther("/tariffs/" + stored.id());
    } catch (ProblemException e) {
      Optional<TariffForm> form =
          newest(stored).flatMap(v -> TariffForm.of(stored.name(), v.tariff()));
      return detail(call, 400, stored, form, message(e));
    }
  }

  private static AuditEntry assigned(PageCall call, StoredTariff stored, Assignment made) {
    return entry(call, stored, "tariff.assign")
        .with("level", made.level().code())
        .with("target", made.targetId())
        .with("valid_from", made.validFrom());
  }

  private NewAssignment wish(PageCall call) {
    long operator = call.operatorId();
    return switch (call.form("level")) {
      case "operator" -> new NewAssignment(TariffLevel.OPERATOR, operator, 0, null);
      case "site" -> {
        long id = new Ref(call.form("site")).id().orElse(0);
        yield new NewAssignment(TariffLevel.SITE, id, 0, null);
      }
      case "station" -> {
        long id =
            inventory
                .byIdentity(call.form("station"))
                .filter(s -> s.operatorId() == operator)
                .map(s -> s.id())
                .orElseThrow(
                    () -> new InvalidInputException("station", "there is no such station"));
        yield new NewAssignment(TariffLevel.STATION, id, 0, null);
      }
      default -> throw new InvalidInputException("level", "is missing");
    };
  }

  private static <T> T checked(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidInputException e) {
      throw Problem.badField(e.path(), e.reason()).exception();
    }
  }

  private static String author(PageCall call) {
    String actor = call.caller().actor();
    return actor.length() <= 100 ? actor : actor.substring(0, 100);
  }

  private static AuditEntry entry(PageCall call, StoredTariff tariff, String action) {
    return AuditEntry.of(call.operatorId(), call.caller().actor(), action, "tariff:" + tariff.id())
        .with("name", tariff.name());
  }
}
