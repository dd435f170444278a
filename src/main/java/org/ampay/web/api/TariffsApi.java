package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.Assignment;
import org.ampay.billing.catalog.AssignmentJson;
import org.ampay.billing.catalog.NewAssignment;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffLevel;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.station.Inventory;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.PriceRequest;
import org.ampay.tariff.PriceResponse;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffWarnings;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for tariffs: versions, assignments, trial prices. */
final class TariffsApi {

  private final TariffCatalog catalog;
  private final Inventory inventory;
  private final SitesApi sites;
  private final AuditLog audit;

  TariffsApi(TariffCatalog catalog, Inventory inventory, SitesApi sites, AuditLog audit) {
    this.catalog = catalog;
    this.inventory = inventory;
    this.sites = sites;
    this.audit = audit;
  }

  record WarningOut(String field, String message) {}

  record AssignmentOut(
      long id,
      @Field("group, station, site, operator, platform") String level,
      long target,
      int priority,
      Instant validFrom,
      Instant createdAt,
      String createdBy) {

    static AssignmentOut of(Assignment a) {
      return new AssignmentOut(
          a.id(),
          a.level().code(),
          a.targetId(),
          a.priority(),
          a.validFrom(),
          a.createdAt(),
          a.createdBy());
    }
  }

  record TariffOut(
      long id,
      long operator,
      String name,
      String currency,
      @Field("the newest one; earlier ones stay in force where sessions have them") int version,
      Instant createdAt,
      @Field("the price in a line, in Chinese and English") @Nullable String textZh,
      @Nullable String textEn,
      @Field("OCPI tariff") @Nullable JsonNode tariff,
      @Field("what is allowed and rarely meant") List<WarningOut> warnings) {}

  record TariffDetailOut(
      @com.fasterxml.jackson.annotation.JsonUnwrapped TariffOut stored,
      List<AssignmentOut> assignments) {}

  List<ApiRoute> routes() {
    String body =
        "The body is an OCPI 2.2.1 or 2.3.0 tariff without country_code, party_id and"
            + " last_updated, and optionally `name`.";
    return List.of(
        ApiRoute.get("/tariffs", Permission.TARIFFS_READ, "Lists tariffs")
            .lists(TariffOut.class)
            .by(this::list),
        ApiRoute.post("/tariffs", Permission.TARIFFS_WRITE, "Adds a tariff")
            .describe(body)
            .takesAny()
            .answers(201, TariffOut.class)
            .by(this::create),
        ApiRoute.post("/tariffs/price", Permission.TARIFFS_READ, "Prices without storing")
            .describe(
                "The body has `tariff`, `tariffs` or `tariff_id`, and `session` with `time_zone`"
                    + " and `segments` (from, to, state, kwh, power_kw, current_a, tariff_id).")
            .takesAny()
            .answers(200, null)
            .by(this::price),
        ApiRoute.get("/tariffs/{id}", Permission.TARIFFS_READ, "A tariff")
            .answers(200, TariffDetailOut.class)
            .by(this::get),
        ApiRoute.put("/tariffs/{id}", Permission.TARIFFS_WRITE, "Adds a version to a tariff")
            .describe("Never edits in place. " + body)
            .takesAny()
            .answers(200, TariffOut.class)
            .by(call -> addVersion(call, 200)),
        ApiRoute.post(
                "/tariffs/{id}/versions", Permission.TARIFFS_WRITE, "Adds a version to a tariff")
            .describe(body)
            .takesAny()
            .answers(201, TariffOut.class)
            .by(call -> addVersion(call, 201)),
        ApiRoute.post(
                "/tariffs/{id}/assignments", Permission.TARIFFS_WRITE, "Says where a tariff holds")
            .describe(
                "`{\"station\"|\"site\"|\"operator\"|\"group\": ID, \"valid_from\": T,"
                    + " \"priority\": N}`; holds for sessions whose start is received from now on"
                    + " and lies at or after `valid_from`, which may be in the past.")
            .takesAny()
            .answers(201, AssignmentOut.class)
            .by(this::assign));
  }

  private Answer list(ApiCall call) {
    List<StoredTariff> rows =
        catalog.list(call.scope().operatorId(), call.cursorId(0), call.limit() + 1);
    return Answer.json(200, call.page(rows, this::out, StoredTariff::id));
  }

  private Answer get(ApiCall call) {
    StoredTariff stored = find(call);
    return Answer.json(
        200,
        new TariffDetailOut(
            out(stored),
            catalog.assignments(stored.operatorId(), stored.id()).stream()
                .map(AssignmentOut::of)
                .toList()));
  }

  private StoredTariff find(ApiCall call) {
    return catalog
        .find(call.scope().operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such tariff").exception());
  }

  private Answer create(ApiCall call) {
    Body body = body(call);
    long operator = call.owner(body.operator());
    StoredTariff stored =
        checked(
            () ->
                catalog.create(
                    operator,
                    body.name() == null ? nameOf(body.tariff()) : body.name(),
                    body.tariff(),
                    author(call),
                    (tx, made) -> audit.append(tx, entry(call, made, "tariff.create"))));
    return Answer.json(201, out(stored));
  }

  private Answer addVersion(ApiCall call, int status) {
    StoredTariff old = find(call);
    Body body = body(call);
    StoredTariff stored =
        checked(
                () ->
                    catalog.addVersion(
                        old.operatorId(),
                        old.id(),
                        body.name(),
                        body.tariff(),
                        author(call),
                        (tx, next) ->
                            audit.append(
                                tx,
                                entry(call, next, "tariff.version")
                                    .with("version", next.currentVersion()))))
            .orElseThrow(() -> Problem.notFound("there is no such tariff").exception());
    return Answer.json(status, out(stored));
  }

  private Answer assign(ApiCall call) {
    StoredTariff stored = find(call);
    JsonNode tree = call.bodyTree();
    NewAssignment wish =
        checked(() -> AssignmentJson.one(tree, (level, id) -> target(stored, level, id)).wish());
    Assignment assignment =
        checked(
                () ->
                    catalog.assign(
                        stored.operatorId(),
                        stored.id(),
                        wish,
                        author(call),
                        (tx, made) -> audit.append(tx, assigned(call, stored, made))))
            .orElseThrow(() -> Problem.notFound("there is no such tariff").exception());
    return Answer.json(201, AssignmentOut.of(assignment));
  }

  private static AuditEntry assigned(ApiCall call, StoredTariff stored, Assignment assignment) {
    return entry(call, stored, "tariff.assign")
        .with("level", assignment.level().code())
        .with("target", assignment.targetId())
        .with("valid_from", assignment.validFrom());
  }

  private Optional<Long> target(StoredTariff stored, TariffLevel level, String id) {
    long operator = stored.operatorId();
    return switch (level) {
      case STATION ->
          inventory.byIdentity(id).filter(s -> s.operatorId() == operator).map(s -> s.id());
      case SITE -> sites.find(operator, new Ref(id)).map(s -> s.id());
      case OPERATOR -> number(id).filter(n -> n == operator);
      case DRIVER, GROUP -> number(id);
      case PLATFORM -> Optional.of(0L);
    };
  }

  private static Optional<Long> number(String id) {
    return new Ref(id).id().stream().boxed().findFirst();
  }

  private Answer price(ApiCall call) {
    Long operator = call.scope().operatorId();
    return checked(
        () -> {
          PriceRequest request =
              PriceRequest.parse(
                  withTextId(TariffJson.readTree(call.http().body())),
                  id -> number(id).flatMap(n -> catalog.current(operator, n, ZoneOffset.UTC)));
          return Answer.json(
              200, PriceResponse.of(Pricing.price(request.snapshot(), request.facts())));
        });
  }

  /** Our ids are numbers, OCPI's are texts: either may stand in {@code tariff_id}. */
  private static JsonNode withTextId(JsonNode body) {
    if (body instanceof ObjectNode object && body.path("tariff_id").isIntegralNumber()) {
      object.put("tariff_id", body.path("tariff_id").asText());
    }
    return body;
  }

  /** A tariff with what is ours beside OCPI. */
  private record Body(Tariff tariff, @Nullable String name, @Nullable Ref operator) {}

  private static Body body(ApiCall call) {
    return checked(
        () -> {
          JsonNode tree = TariffJson.readTree(call.http().body());
          if (!(tree instanceof ObjectNode object)) {
            throw new InvalidInputException("", "must be an object");
          }
          String name = text(object.remove("name"), "name");
          String operator = text(object.remove("operator"), "operator");
          return new Body(
              TariffJson.read(object), name, operator == null ? null : new Ref(operator));
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
    Tariff tariff = versions.isEmpty() ? null : versions.getLast().tariff();
    return new TariffOut(
        stored.id(),
        stored.operatorId(),
        stored.name(),
        stored.currency(),
        stored.currentVersion(),
        stored.createdAt(),
        tariff == null ? null : PriceText.display(tariff, Locale.CHINESE),
        tariff == null ? null : PriceText.display(tariff, Locale.ENGLISH),
        tariff == null ? null : TariffJson.readTree(TariffJson.write(tariff)),
        tariff == null
            ? List.of()
            : TariffWarnings.of(tariff).stream()
                .map(w -> new WarningOut(w.path(), w.message()))
                .toList());
  }

  private static <T> T checked(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidInputException e) {
      throw Problem.badField(e.path(), e.reason()).exception();
    }
  }

  private static String author(ApiCall call) {
    String actor = call.caller().actor();
    return actor.length() <= 100 ? actor : actor.substring(0, 100);
  }

  private static AuditEntry entry(ApiCall call, StoredTariff tariff, String action) {
    return AuditEntry.of(
            tariff.operatorId() == 0 ? null : tariff.operatorId(),
            call.caller().actor(),
            action,
            "tariff:" + tariff.id())
        .with("name", tariff.name());
  }
}
