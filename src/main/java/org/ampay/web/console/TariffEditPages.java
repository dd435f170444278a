package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.NewVersion;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Tariff;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** The editor of tariffs: new ones, and new versions. */
final class TariffEditPages {

  private static final int MOST_CALENDARS = 500;

  private final Pages pages;
  private final TariffCatalog catalog;
  private final AuditLog audit;

  TariffEditPages(Pages pages, TariffCatalog catalog, AuditLog audit) {
    this.pages = pages;
    this.catalog = catalog;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/tariffs/new", Permission.TARIFFS_WRITE, this::blank),
        ConsoleRoute.post("/tariffs/new", Permission.TARIFFS_WRITE, call -> act(call, null)),
        ConsoleRoute.post("/tariffs/preview", Permission.TARIFFS_READ, this::preview),
        ConsoleRoute.get("/tariffs/{id}/edit", Permission.TARIFFS_WRITE, this::edit),
        ConsoleRoute.post(
            "/tariffs/{id}/edit", Permission.TARIFFS_WRITE, call -> act(call, find(call))));
  }

  private StoredTariff find(PageCall call) {
    return catalog
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer blank(PageCall call) {
    long from = call.queryLong("from", 0);
    TariffEditor editor =
        catalog
            .find(call.operatorId(), from)
            .flatMap(s -> version(call, s).map(v -> of(call, s, v)))
            .orElseGet(() -> TariffEditor.blank(call.ui()));
    return page(call, 200, null, editor, from == 0 ? TariffPreview.NONE : look(call, editor));
  }

  /** Begins with the newest version, or with the one that was asked for. */
  private Answer edit(PageCall call) {
    StoredTariff stored = find(call);
    TariffEditor editor =
        version(call, stored)
            .map(v -> of(call, stored, v))
            .orElseGet(() -> TariffEditor.blank(call.ui()));
    return page(call, 200, stored, editor, look(call, editor));
  }

  private Optional<TariffVersion> version(PageCall call, StoredTariff stored) {
    List<TariffVersion> versions = catalog.versions().of(stored.operatorId(), stored.id());
    long wanted = call.queryLong("version", 0);
    return versions.stream()
        .filter(v -> wanted == 0 ? v == versions.getLast() : v.version() == wanted)
        .findFirst();
  }

  private static TariffEditor of(PageCall call, StoredTariff stored, TariffVersion version) {
    return TariffEditor.of(call.ui(), stored.name(), version.tariff());
  }

  private Answer act(PageCall call, @Nullable StoredTariff stored) {
    TariffEditor editor = TariffEditor.posted(call);
    String op = call.form("_op");
    return switch (op) {
      case "save" -> save(call, stored, editor);
      case "check" -> {
        TariffPreview preview = look(call, editor);
        yield page(call, editor.form().isWrong() ? 400 : 200, stored, editor, preview);
      }
      default -> {
        editor.change(op);
        yield page(call, 200, stored, editor, TariffPreview.NONE);
      }
    };
  }

  private Answer save(PageCall call, @Nullable StoredTariff stored, TariffEditor editor) {
    Optional<Tariff> tariff = editor.tariff();
    if (tariff.isPresent() && !editor.form().isWrong()) {
      try {
        long id =
            stored == null
                ? create(call, editor, tariff.get())
                : addVersion(call, stored, editor, tariff.get());
        return Answer.seeOther("/tariffs/" + id);
      } catch (InvalidInputException e) {
        editor.complain(e);
      }
    }
    return page(call, 400, stored, editor, TariffPreview.NONE);
  }

  private long create(PageCall call, TariffEditor editor, Tariff tariff) {
    return catalog
        .versions()
        .create(
            call.operatorId(),
            new NewVersion(editor.name(), tariff, editor.versionFrom()),
            CatalogActs.author(call),
            (tx, made) ->
                audit.append(
                    tx,
                    CatalogActs.entry(call, "tariff.create", "tariff", made.tariff().id())
                        .with("name", made.tariff().name())))
        .tariff()
        .id();
  }

  private long addVersion(PageCall call, StoredTariff stored, TariffEditor editor, Tariff tariff) {
    return catalog
        .versions()
        .add(
            call.operatorId(),
            stored.id(),
            new NewVersion(editor.name(), tariff, editor.versionFrom()),
            CatalogActs.author(call),
            (tx, made) ->
                audit.append(
                    tx,
                    CatalogActs.entry(call, "tariff.version", "tariff", stored.id())
                        .with("name", made.tariff().name())
                        .with("version", made.version().version())))
        .map(made -> made.tariff().id())
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  /** While somebody types: what the tariff says so far. */
  private Answer preview(PageCall call) {
    TariffEditor editor = TariffEditor.posted(call);
    TariffPreview preview = look(call, editor);
    boolean blank = !editor.form().error("elements").isEmpty();
    String first = blank ? "" : editor.form().errors().values().stream().findFirst().orElse("");
    return pages.page(
        200,
        "part/tariff-preview",
        call.ui(),
        Map.of("preview", first.isEmpty() ? preview : TariffPreview.wrong(first)));
  }

  private TariffPreview look(PageCall call, TariffEditor editor) {
    Optional<Tariff> tariff = editor.tariff();
    if (tariff.isEmpty()) {
      return TariffPreview.NONE;
    }
    try {
      Tariff priced = catalog.withCalendar(call.operatorId(), tariff.get());
      return TariffPreview.of(call.ui(), priced, before(call), editor.trial());
    } catch (InvalidInputException e) {
      editor.complain(e);
      return TariffPreview.NONE;
    }
  }

  /** The prices that the new ones will replace. */
  private @Nullable Tariff before(PageCall call) {
    long id = call.http().method().equals("POST") ? call.formLong("_tariff", 0) : 0;
    return catalog
        .versions()
        .inForce(call.operatorId(), id)
        .map(TariffVersion::tariff)
        .orElse(null);
  }

  private Answer page(
      PageCall call,
      int status,
      @Nullable StoredTariff stored,
      TariffEditor editor,
      TariffPreview preview) {
    Ui ui = call.ui();
    boolean fragment = call.fromHtmx();
    Map<String, Object> model = new HashMap<>();
    model.put("form", editor.form());
    model.put("json", editor.json());
    model.put("homeless", editor.homeless());
    model.put("preview", preview);
    model.put("versioned", stored != null);
    model.put("tariffId", stored == null ? 0L : stored.id());
    model.put("approval", catalog.approvals().areNeeded(call.operatorId()));
    model.put(
        "calendars",
        catalog.calendars().list(call.operatorId(), 0, MOST_CALENDARS).stream()
            .map(c -> new TariffEditor.Choice(Long.toString(c.id()), c.name()))
            .toList());
    model.put("action", stored == null ? "/tariffs/new" : "/tariffs/" + stored.id() + "/edit");
    model.put("back", stored == null ? "/tariffs" : "/tariffs/" + stored.id());
    if (!fragment) {
      model.put(
          "title",
          stored == null ? ui.t("tariff.add") : ui.t("tariff.new_version_of", stored.name()));
    }
    // htmx swaps fragments of successful answers only.
    return pages.page(
        fragment ? 200 : status, fragment ? "part/tariff-editor" : "tariff-edit", ui, model);
  }
}
