package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.simulation.Basis;
import org.ampay.billing.simulation.NewRun;
import org.ampay.billing.simulation.Places;
import org.ampay.billing.simulation.Run;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffJson;
import org.ampay.web.api.SimulationShapes.SimulationDetailOut;
import org.ampay.web.api.SimulationShapes.SimulationOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.simulation.SimulationDesk;
import org.ampay.web.simulation.TriedTariffs;
import org.jspecify.annotations.Nullable;

/** Calls that price past sessions with another tariff. */
final class SimulationsApi {

  private static final Set<String> FIELDS =
      Set.of(
          "tariff",
          "tariff_id",
          "version",
          "name",
          "from",
          "to",
          "basis",
          "sites",
          "stations",
          "tariff_only",
          "operator");
  private static final int MOST_PLACES = 500;

  private final SimulationDesk desk;

  SimulationsApi(SimulationDesk desk) {
    this.desk = desk;
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/tariffs/simulations", Permission.TARIFFS_READ, "Lists simulations, newest first")
            .query("tariff_id", "about this stored tariff")
            .lists(SimulationOut.class)
            .by(this::list),
        ApiRoute.post(
                "/tariffs/simulations",
                Permission.TARIFFS_WRITE,
                "Prices past sessions with another tariff")
            .describe(
                "The body has `tariff` (a draft), `tariff_id` (with `version`, else the newest), or"
                    + " both (a draft of a new version); `from` and `to`: sessions that began in"
                    + " between; `basis`: `list` (default) or `billed`; optionally `sites` (ids or"
                    + " codes), `stations` (ids or identities), `tariff_only` (only sessions that"
                    + " the stored tariff priced) and `name`. The work goes on behind the answer.")
            .takesAny()
            .answers(201, SimulationOut.class)
            .by(this::create),
        ApiRoute.get("/tariffs/simulations/{id}", Permission.TARIFFS_READ, "A simulation")
            .describe("With what it has added up so far.")
            .answers(200, SimulationDetailOut.class)
            .by(this::get),
        ApiRoute.delete("/tariffs/simulations/{id}", Permission.TARIFFS_WRITE, "Ends a simulation")
            .describe("Cancels one that goes on and keeps what it has; removes one that has ended.")
            .answers(204, null)
            .by(this::end));
  }

  private Answer list(ApiCall call) {
    Long tariff = call.query("tariff_id").map(text -> id("tariff_id", text)).orElse(null);
    List<Run> rows =
        desk.list(
            call.scope().operatorId(), tariff, call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, SimulationOut::of, Run::id));
  }

  private Answer get(ApiCall call) {
    Run run =
        desk.find(call.scope().operatorId(), call.idParam("id"))
            .orElseThrow(SimulationsApi::missing);
    return Answer.json(200, SimulationDetailOut.of(run, desk.result(run)));
  }

  private Answer end(ApiCall call) {
    if (desk.end(call.scope().operatorId(), call.idParam("id"), call.caller()).isEmpty()) {
      throw missing();
    }
    return Answer.empty(204);
  }

  private static RuntimeException missing() {
    return Problem.notFound("there is no such simulation").exception();
  }

  private static long id(String field, String text) {
    return new Ref(text)
        .id()
        .orElseThrow(() -> Problem.badField(field, "must be an id").exception());
  }

  private Answer create(ApiCall call) {
    return checked(
        () -> {
          JsonNode body = TariffJson.readTree(call.http().body());
          require(body.isObject(), "", "must be an object");
          body.fieldNames()
              .forEachRemaining(name -> require(FIELDS.contains(name), name, "unknown field"));
          StoredTariff stored = stored(call, body);
          String operator = text(body, "operator");
          long owner =
              stored != null && stored.operatorId() != 0
                  ? stored.operatorId()
                  : call.owner(operator == null ? null : new Ref(operator));
          return Answer.json(
              201, SimulationOut.of(desk.start(owner, read(body, owner, stored), call.caller())));
        });
  }

  private @Nullable StoredTariff stored(ApiCall call, JsonNode body) {
    String text = text(body, "tariff_id");
    require(
        text != null || present(body, "tariff"), "tariff", "one of tariff and tariff_id is needed");
    return text == null
        ? null
        : desk.tariffs()
            .find(call.scope().operatorId(), new Ref(text).id().orElse(0))
            .orElseThrow(() -> new InvalidInputException("tariff_id", "there is no such tariff"));
  }

  private NewRun read(JsonNode body, long operator, @Nullable StoredTariff stored) {
    TriedTariffs.Tried tried = tried(body, operator, stored);
    String basis = text(body, "basis");
    JsonNode only = body.path("tariff_only");
    require(only.isMissingNode() || only.isBoolean(), "tariff_only", "must be true or false");
    String name = text(body, "name");
    require(name == null || name.length() <= 100, "name", "must have at most 100 characters");
    return new NewRun(
        stored == null ? null : stored.id(),
        tried.version(),
        name == null ? SimulationDesk.nameOf(tried) : name,
        tried.tariff(),
        basis == null
            ? Basis.LIST
            : Basis.of(basis)
                .orElseThrow(
                    () -> new InvalidInputException("basis", "must be one of [list, billed]")),
        time(body, "from"),
        time(body, "to"),
        new Places(
            desk.sites(operator, texts(body, "sites")),
            desk.stations(operator, texts(body, "stations")),
            only.asBoolean()));
  }

  private TriedTariffs.Tried tried(JsonNode body, long operator, @Nullable StoredTariff stored) {
    JsonNode version = body.path("version");
    require(
        version.isMissingNode() || version.isInt() && version.intValue() > 0,
        "version",
        "must be a positive integer");
    if (present(body, "tariff")) {
      require(version.isMissingNode(), "version", "a draft has none");
      return desk.tariffs().draft(operator, stored, body.get("tariff").toString());
    }
    if (stored == null) {
      throw new InvalidInputException("tariff", "is missing");
    }
    return desk.tariffs().version(stored, version.isMissingNode() ? null : version.intValue());
  }

  private static boolean present(JsonNode body, String name) {
    return body.hasNonNull(name);
  }

  private static @Nullable String text(JsonNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    require(value.isTextual() || value.isIntegralNumber(), name, "must be a text");
    return value.asText();
  }

  private static List<String> texts(JsonNode body, String name) {
    JsonNode list = body.path(name);
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    require(list.isArray(), name, "must be a list");
    require(list.size() <= MOST_PLACES, name, "must have at most " + MOST_PLACES);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      require(item.isTextual() || item.isIntegralNumber(), name + "[" + i + "]", "must be an id");
      texts.add(item.asText());
    }
    return texts;
  }

  private static Instant time(JsonNode body, String name) {
    String text = text(body, name);
    require(text != null, name, "is missing");
    try {
      return OffsetDateTime.parse(String.valueOf(text)).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidInputException(name, "must be a time like 2026-01-31T12:00:00Z");
    }
  }

  private static void require(boolean holds, String field, String reason) {
    if (!holds) {
      throw new InvalidInputException(field, reason);
    }
  }

  private static <T> T checked(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidInputException e) {
      throw Problem.badField(e.path(), e.reason()).exception();
    }
  }
}
