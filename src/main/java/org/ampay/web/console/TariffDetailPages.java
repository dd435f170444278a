package org.ampay.web.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.Approvals.Subject;
import org.ampay.billing.catalog.Assignment;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffReach;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** A tariff: its versions, what changed between them, who has to agree, and where it holds. */
public final class TariffDetailPages {

  private static final int MOST_STATIONS = 50;

  private final Pages pages;
  private final TariffCatalog catalog;
  private final TariffPlaces places;
  private final TariffReach reach;
  private final AuditLog audit;

  TariffDetailPages(
      Pages pages, TariffCatalog catalog, TariffPlaces places, TariffReach reach, AuditLog audit) {
    this.reach = reach;
    this.pages = pages;
    this.catalog = catalog;
    this.places = places;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    String base = "/tariffs/{id}";
    return List.of(
        ConsoleRoute.get(base, Permission.TARIFFS_READ, call -> page(call, 200, "")),
        ConsoleRoute.get(base + "/versions/{version}", Permission.TARIFFS_READ, this::version),
        ConsoleRoute.get(base + "/difference", Permission.TARIFFS_READ, this::difference),
        ConsoleRoute.post(base + "/decisions", Permission.TARIFFS_APPROVE, this::decide),
        ConsoleRoute.post(base + "/assignments", Permission.TARIFFS_WRITE, this::assign),
        ConsoleRoute.post(
            base + "/assignments/{assignment}/end", Permission.TARIFFS_WRITE, this::end));
  }

  /**
   * A version.
   *
   * @param subject by which forms name it
   * @param mine it waits for somebody else than who looks at it
   */
  public record VersionRow(TariffVersion version, String state, String subject, boolean mine) {}

  /**
   * Where the tariff holds.
   *
   * @param state {@code holds}, {@code planned}, {@code proposed}, {@code ended}, {@code rejected}
   * @param subject what waits for a second person; empty when nothing does
   */
  public record AssignmentRow(
      Assignment assignment, String target, String state, String subject, boolean mine) {}

  private StoredTariff find(PageCall call) {
    return catalog
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private List<TariffVersion> versions(StoredTariff stored) {
    return catalog.versions().of(stored.operatorId(), stored.id());
  }

  private Answer page(PageCall call, int status, String error) {
    StoredTariff stored = find(call);
    List<TariffVersion> versions = versions(stored);
    Optional<TariffVersion> shown =
        catalog
            .versions()
            .inForce(stored.operatorId(), stored.id())
            .or(() -> versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast()));
    Map<String, Object> model = new HashMap<>();
    model.put("stored", stored);
    model.put("error", error);
    model.put("chinese", shown.map(v -> PriceText.display(v.tariff(), Locale.CHINESE)).orElse(""));
    model.put("english", shown.map(v -> PriceText.display(v.tariff(), Locale.ENGLISH)).orElse(""));
    model.put("facts", shown.map(v -> words(call, v)).orElseGet(Map::of));
    model.put("json", shown.map(v -> pretty(v.tariff())).orElse(""));
    model.put("version", shown.map(TariffVersion::version).orElse(0));
    @Nullable Long calendar = shown.isEmpty() ? null : shown.get().tariff().extras().calendarId();
    model.put("calendarId", calendar);
    model.put("calendar", calendar == null ? "" : calendar(call, calendar));
    model.put("reach", reach.of(stored, call.query("after"), MOST_STATIONS));
    model.put("versions", versions.reversed().stream().map(v -> row(call, v)).toList());
    model.put("approval", catalog.approvals().areNeeded(call.operatorId()));
    model.put("assignments", assignments(call, stored));
    model.put("sites", places.sites(call.operatorId()));
    return pages.page(status, "tariff", call.ui(), model);
  }

  private String calendar(PageCall call, long id) {
    return catalog.calendars().find(call.operatorId(), id).map(c -> c.name()).orElse("#" + id);
  }

  private Map<String, String> words(PageCall call, TariffVersion version) {
    return TariffWords.of(call.ui(), version.tariff(), id -> calendar(call, id));
  }

  static String pretty(Tariff tariff) {
    return TariffJson.readTree(TariffJson.write(tariff)).toPrettyString();
  }

  private VersionRow row(PageCall call, TariffVersion version) {
    boolean open = TariffPages.isOpen(version.made().approval());
    return new VersionRow(
        version,
        catalog.versions().state(version).code(),
        open ? CatalogActs.word(Subject.tariff(version.tariffId(), version.version())) : "",
        isMine(call, version.made().author().person()));
  }

  private static boolean isMine(PageCall call, String person) {
    return call.caller().person().equals(person);
  }

  private List<AssignmentRow> assignments(PageCall call, StoredTariff stored) {
    List<AssignmentRow> alive = new ArrayList<>();
    List<AssignmentRow> over = new ArrayList<>();
    for (Assignment one : catalog.assignments().of(stored.operatorId(), stored.id())) {
      AssignmentRow row = row(call, one);
      (TariffPages.isAlive(one, call) ? alive : over).add(row);
    }
    alive.addAll(over);
    return alive;
  }

  private AssignmentRow row(PageCall call, Assignment one) {
    String target = places.name(call, one.level(), one.targetId());
    Optional<Assignment.Ending> ending = one.proposedEnding();
    if (TariffPages.isOpen(one.made().approval())) {
      String subject = CatalogActs.word(Subject.assignment(one.id()));
      boolean mine = isMine(call, one.made().author().person());
      return new AssignmentRow(one, target, "proposed", subject, mine);
    }
    if (ending.isPresent()) {
      String subject = CatalogActs.word(Subject.ending(ending.get().id()));
      boolean mine = isMine(call, ending.get().made().author().person());
      return new AssignmentRow(one, target, "ending", subject, mine);
    }
    return new AssignmentRow(one, target, state(call, one), "", false);
  }

  private static String state(PageCall call, Assignment one) {
    if (!TariffPages.isAlive(one, call)) {
      return one.made().since().isEmpty() ? "rejected" : "ended";
    }
    return one.validFrom().isAfter(call.ui().place().now()) ? "planned" : "holds";
  }

  private Answer version(PageCall call) {
    StoredTariff stored = find(call);
    long wanted = call.idParam("version");
    List<TariffVersion> versions = versions(stored);
    TariffVersion version =
        versions.stream()
            .filter(v -> v.version() == wanted)
            .findFirst()
            .orElseThrow(() -> Problem.notFound(null).exception());
    return pages.page(
        200,
        "tariff-version",
        call.ui(),
        Map.of(
            "stored",
            stored,
            "row",
            row(call, version),
            "chinese",
            PriceText.display(version.tariff(), Locale.CHINESE),
            "english",
            PriceText.display(version.tariff(), Locale.ENGLISH),
            "facts",
            words(call, version),
            "json",
            pretty(version.tariff())));
  }

  /** Without {@code from} and {@code to}: of the newest version to the one before it. */
  private Answer difference(PageCall call) {
    StoredTariff stored = find(call);
    List<TariffVersion> versions = versions(stored);
    if (versions.isEmpty()) {
      throw Problem.notFound(null).exception();
    }
    TariffVersion to = chosen(versions, call.queryLong("to", 0), versions.size() - 1);
    TariffVersion from =
        chosen(versions, call.queryLong("from", 0), Math.max(0, versions.indexOf(to) - 1));
    return pages.page(
        200,
        "tariff-difference",
        call.ui(),
        Map.of(
            "stored",
            stored,
            "versions",
            versions.reversed(),
            "from",
            from.version(),
            "to",
            to.version(),
            "changes",
            TariffDifference.of(call.ui(), from.tariff(), to.tariff(), id -> calendar(call, id))));
  }

  private static TariffVersion chosen(List<TariffVersion> versions, long wanted, int otherwise) {
    return versions.stream()
        .filter(v -> v.version() == wanted)
        .findFirst()
        .orElseGet(() -> versions.get(otherwise));
  }

  private Answer decide(PageCall call) {
    StoredTariff stored = find(call);
    String error = CatalogActs.decide(call, catalog, audit);
    return error.isEmpty() ? Answer.seeOther("/tariffs/" + stored.id()) : page(call, 409, error);
  }

  private Answer assign(PageCall call) {
    StoredTariff stored = find(call);
    String error = places.assign(call, stored);
    return error.isEmpty() ? Answer.seeOther("/tariffs/" + stored.id()) : page(call, 400, error);
  }

  private Answer end(PageCall call) {
    StoredTariff stored = find(call);
    String error = places.end(call, stored, call.idParam("assignment"));
    return error.isEmpty() ? Answer.seeOther("/tariffs/" + stored.id()) : page(call, 400, error);
  }
}
