package org.ampay.web.api;

import static org.ampay.web.api.TariffCalls.checked;
import static org.ampay.web.api.TariffCalls.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.AssignmentJson;
import org.ampay.billing.catalog.CalendarVersion;
import org.ampay.billing.catalog.NewVersion;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.billing.catalog.TariffVersions.Written;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffWarnings;
import org.ampay.web.api.TariffShapes.ApprovalOut;
import org.ampay.web.api.TariffShapes.AssignmentOut;
import org.ampay.web.api.TariffShapes.TariffDetailOut;
import org.ampay.web.api.TariffShapes.TariffOut;
import org.ampay.web.api.TariffShapes.VersionOut;
import org.ampay.web.api.TariffShapes.WarningOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for tariffs: versions and trial prices. */
final class TariffsApi {

  private static final int MAX_ASSIGNMENTS = 1_000;
  private static final String BODY =
      "The body is an OCPI 2.2.1 or 2.3.0 tariff without country_code, party_id and last_updated,"
          + " and optionally `name` and `valid_from` (sessions that begin at or after it; at once"
          + " by default), and beyond OCPI `calendar_id` or `calendar`, `occupancy`,"
          + " `minimum_session`, `ceilings`, `negative_prices`.";

  private final TariffCatalog catalog;
  private final AuditLog audit;
  private final TariffPrices prices;

  TariffsApi(TariffCatalog catalog, AuditLog audit) {
    this.catalog = catalog;
    this.audit = audit;
    this.prices = new TariffPrices(catalog);
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/tariffs", Permission.TARIFFS_READ, "Lists tariffs")
            .lists(TariffOut.class)
            .by(this::list),
        ApiRoute.post("/tariffs", Permission.TARIFFS_WRITE, "Adds a tariff")
            .describe(BODY)
            .takesAny()
            .answers(201, TariffOut.class)
            .by(this::create),
        ApiRoute.post("/tariffs/price", Permission.TARIFFS_READ, "Prices without storing")
            .describe(
                "The body has `tariff`, `tariffs` or `tariff_id` (with `version`; by default the"
                    + " one in force), and `session` with `time_zone`"
                    + " and `segments` (from, to, state, kwh, power_kw, current_a, tariff_id);"
                    + " optionally `terms`: the driver's tier, coupons and points.")
            .takesAny()
            .answers(200, null)
            .by(call -> Answer.json(200, checked(() -> prices.price(call)))),
        ApiRoute.get("/tariffs/{id}", Permission.TARIFFS_READ, "A tariff with all its versions")
            .answers(200, TariffDetailOut.class)
            .by(this::get),
        ApiRoute.put("/tariffs/{id}", Permission.TARIFFS_WRITE, "Adds a version to a tariff")
            .describe("Never edits in place. " + BODY)
            .takesAny()
            .answers(200, TariffOut.class)
            .by(call -> addVersion(call, 200)),
        ApiRoute.post(
                "/tariffs/{id}/versions", Permission.TARIFFS_WRITE, "Adds a version to a tariff")
            .describe(BODY)
            .takesAny()
            .answers(201, TariffOut.class)
            .by(call -> addVersion(call, 201)));
  }

  private Answer list(ApiCall call) {
    List<StoredTariff> rows =
        catalog.list(call.scope().operatorId(), call.cursorId(0), call.limit() + 1);
    return Answer.json(200, call.page(rows, this::out, StoredTariff::id));
  }

  private Answer get(ApiCall call) {
    StoredTariff stored = TariffCalls.find(catalog, call);
    return Answer.json(
        200,
        new TariffDetailOut(
            out(stored),
            catalog.versions(stored.operatorId(), stored.id()).reversed().stream()
                .map(this::out)
                .toList(),
            catalog
                .assignments()
                .of(stored.operatorId(), stored.id(), Long.MAX_VALUE, MAX_ASSIGNMENTS)
                .stream()
                .map(AssignmentOut::of)
                .toList()));
  }

  private Answer create(ApiCall call) {
    Body body = body(call);
    long operator = call.owner(body.operator());
    NewVersion wish = checked(() -> body.wish(nameOf(body.tariff())));
    Written written =
        checked(
            () ->
                catalog
                    .versions()
                    .create(
                        operator,
                        wish,
                        TariffCalls.author(call),
                        (tx, made) -> audit.append(tx, made(call, made, "tariff.create"))));
    return Answer.json(201, out(written.tariff()));
  }

  private Answer addVersion(ApiCall call, int status) {
    StoredTariff old = TariffCalls.find(catalog, call);
    Body body = body(call);
    NewVersion wish = checked(() -> body.wish(null));
    Written written =
        checked(
                () ->
                    catalog
                        .versions()
                        .add(
                            old.operatorId(),
                            old.id(),
                            wish,
                            TariffCalls.author(call),
                            (tx, next) -> audit.append(tx, made(call, next, "tariff.version"))))
            .orElseThrow(TariffCalls::unknown);
    return Answer.json(status, out(written.tariff()));
  }

  private static AuditEntry made(ApiCall call, Written written, String action) {
    AuditEntry entry =
        entry(call, written.tariff(), action).with("version", written.version().version());
    Instant from = written.version().validFrom();
    return from == null ? entry : entry.with("valid_from", from);
  }

  /** A tariff with what is ours beside OCPI. */
  private record Body(
      Tariff tariff, @Nullable String name, @Nullable Instant validFrom, @Nullable Ref operator) {

    NewVersion wish(@Nullable String otherwise) {
      return new NewVersion(name == null ? otherwise : name, tariff, validFrom);
    }
  }

  private static Body body(ApiCall call) {
    return checked(
        () -> {
          JsonNode tree = TariffJson.readTree(call.http().body());
          if (!(tree instanceof ObjectNode object)) {
            throw new InvalidInputException("", "must be an object");
          }
          String name = text(object.remove("name"), "name");
          String operator = text(object.remove("operator"), "operator");
          Instant validFrom = AssignmentJson.time(object, "valid_from");
          object.remove("valid_from");
          return new Body(
              TariffJson.read(object),
              name,
              validFrom,
              operator == null ? null : new Ref(operator));
        });
  }

  private static @Nullable String text(@Nullable JsonNode node, String field) {
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw new InvalidInputException(field, "must be a text");
    }
    return node.asText();
  }

  private static String nameOf(Tariff tariff) {
    String text = PriceText.display(tariff, Locale.ENGLISH);
    return text.length() <= 100 ? text : text.substring(0, 99) + "…";
  }

  private TariffOut out(StoredTariff stored) {
    List<TariffVersion> versions = catalog.versions(stored.operatorId(), stored.id());
    TariffVersion newest = versions.isEmpty() ? null : versions.getLast();
    Tariff tariff = newest == null ? null : newest.tariff();
    return new TariffOut(
        stored.id(),
        stored.operatorId(),
        stored.name(),
        stored.currency(),
        stored.currentVersion(),
        newest == null ? null : catalog.versions().state(newest).code(),
        newest == null ? null : newest.from(),
        catalog
            .versions()
            .inForce(stored.operatorId(), stored.id())
            .map(TariffVersion::version)
            .orElse(null),
        stored.createdAt(),
        tariff == null ? null : PriceText.display(tariff, Locale.CHINESE),
        tariff == null ? null : PriceText.display(tariff, Locale.ENGLISH),
        tariff == null ? null : TariffJson.readTree(TariffJson.write(tariff)),
        tariff == null ? List.of() : warnings(tariff, versions));
  }

  /** The doubts about the newest version, compared with the one before. */
  private List<WarningOut> warnings(Tariff tariff, List<TariffVersion> versions) {
    Tariff before = versions.size() < 2 ? null : versions.get(versions.size() - 2).tariff();
    Long calendar = tariff.extras().calendarId();
    TariffCalendar tiers =
        calendar == null
            ? null
            : catalog
                .calendars()
                .inForce(null, calendar)
                .map(CalendarVersion::calendar)
                .orElse(null);
    return TariffWarnings.of(tariff, before, tiers).stream()
        .map(w -> new WarningOut(w.path(), w.code().wire(), w.message()))
        .toList();
  }

  private VersionOut out(TariffVersion version) {
    return new VersionOut(
        version.version(),
        catalog.versions().state(version).code(),
        version.from(),
        version.createdAt(),
        version.author(),
        ApprovalOut.of(version.made().approval()),
        version.tariff().extras().calendarId(),
        PriceText.display(version.tariff(), Locale.CHINESE),
        PriceText.display(version.tariff(), Locale.ENGLISH),
        TariffJson.readTree(TariffJson.write(version.tariff())));
  }
}
