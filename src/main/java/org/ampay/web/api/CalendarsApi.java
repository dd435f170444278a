package org.ampay.web.api;

import static org.ampay.web.api.TariffCalls.checked;
import static org.ampay.web.api.TariffCalls.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.AssignmentJson;
import org.ampay.billing.catalog.CalendarVersion;
import org.ampay.billing.catalog.Calendars;
import org.ampay.billing.catalog.Calendars.Written;
import org.ampay.billing.catalog.StoredCalendar;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.tariff.CalendarJson;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TariffJson;
import org.ampay.web.api.TariffShapes.ApprovalOut;
import org.ampay.web.api.TariffShapes.CalendarDetailOut;
import org.ampay.web.api.TariffShapes.CalendarOut;
import org.ampay.web.api.TariffShapes.CalendarVersionOut;
import org.ampay.web.api.TariffShapes.TariffRefOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for time-of-use calendars, which tariffs share. */
final class CalendarsApi {

  private static final String BODY =
      "`{\"name\": …, \"seasons\": [{\"name\", \"from\": \"07-01\", \"to\": \"08-31\", \"days\":"
          + " [{\"day_of_week\": […], \"slots\": [{\"from\": \"00:00\", \"tier\": \"VALLEY\"}]}]}],"
          + " \"holidays\": [{\"date\", \"name\", \"slots\"}]}`; tiers are SHARP, PEAK, FLAT,"
          + " VALLEY and DEEP_VALLEY; slots begin at 00:00 and on half hours; every day has a"
          + " tier.";
  private static final String LATER =
      " Never edits in place: sessions that start from `valid_from` on (at once by default) get"
          + " it. ";

  private final TariffCatalog catalog;
  private final AuditLog audit;

  CalendarsApi(TariffCatalog catalog, AuditLog audit) {
    this.catalog = catalog;
    this.audit = audit;
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/calendars", Permission.TARIFFS_READ, "Lists calendars")
            .describe("The operator's and the platform's.")
            .lists(CalendarOut.class)
            .by(this::list),
        ApiRoute.post("/calendars", Permission.TARIFFS_WRITE, "Adds a calendar")
            .describe(BODY)
            .takesAny()
            .answers(201, CalendarOut.class)
            .by(this::create),
        ApiRoute.get(
                "/calendars/{id}",
                Permission.TARIFFS_READ,
                "A calendar with all its versions and the tariffs that use it")
            .answers(200, CalendarDetailOut.class)
            .by(this::get),
        ApiRoute.put("/calendars/{id}", Permission.TARIFFS_WRITE, "Adds a version to a calendar")
            .describe(BODY + LATER)
            .takesAny()
            .answers(200, CalendarOut.class)
            .by(call -> addVersion(call, 200)),
        ApiRoute.post(
                "/calendars/{id}/versions",
                Permission.TARIFFS_WRITE,
                "Adds a version to a calendar")
            .describe(BODY + LATER)
            .takesAny()
            .answers(201, CalendarOut.class)
            .by(call -> addVersion(call, 201)));
  }

  private Calendars calendars() {
    return catalog.calendars();
  }

  private Answer list(ApiCall call) {
    List<StoredCalendar> rows =
        calendars().list(call.scope().operatorId(), call.cursorId(0), call.limit() + 1);
    return Answer.json(200, call.page(rows, this::out, StoredCalendar::id));
  }

  private Answer get(ApiCall call) {
    Long operator = call.scope().operatorId();
    StoredCalendar stored =
        calendars().find(operator, call.idParam("id")).orElseThrow(CalendarsApi::unknown);
    return Answer.json(
        200,
        new CalendarDetailOut(
            out(stored),
            calendars().versions(null, stored.id()).reversed().stream().map(this::out).toList(),
            calendars().usedBy(operator, stored.id()).stream()
                .map(t -> new TariffRefOut(t.id(), t.name(), t.currentVersion()))
                .toList()));
  }

  private static RuntimeException unknown() {
    return Problem.notFound("there is no such calendar").exception();
  }

  private Answer create(ApiCall call) {
    Body body = body(call);
    if (body.validFrom() != null) {
      throw Problem.badField("valid_from", "a calendar's first version is valid at once")
          .exception();
    }
    long operator = call.owner(body.operator());
    Written written =
        checked(
            () ->
                calendars()
                    .create(
                        operator,
                        body.calendar(),
                        TariffCalls.author(call),
                        (tx, made) -> audit.append(tx, written(call, made, "calendar.create"))));
    return Answer.json(201, out(written.calendar()));
  }

  private Answer addVersion(ApiCall call, int status) {
    Body body = body(call);
    Written written =
        checked(
                () ->
                    calendars()
                        .addVersion(
                            call.scope().operatorId(),
                            call.idParam("id"),
                            body.calendar(),
                            body.validFrom(),
                            TariffCalls.author(call),
                            (tx, made) ->
                                audit.append(tx, written(call, made, "calendar.version"))))
            .orElseThrow(CalendarsApi::unknown);
    return Answer.json(status, out(written.calendar()));
  }

  private static AuditEntry written(ApiCall call, Written written, String action) {
    StoredCalendar calendar = written.calendar();
    AuditEntry entry =
        entry(call, calendar.operatorId(), action, "calendar:" + calendar.id())
            .with("name", calendar.name())
            .with("version", calendar.currentVersion());
    Instant from = written.version().validFrom();
    return from == null ? entry : entry.with("valid_from", from);
  }

  /** A calendar with what is told beside it. */
  private record Body(
      TariffCalendar calendar, @Nullable Instant validFrom, @Nullable Ref operator) {}

  private static Body body(ApiCall call) {
    return checked(
        () -> {
          JsonNode tree = TariffJson.readTree(call.http().body());
          if (!(tree instanceof ObjectNode object)) {
            throw new InvalidInputException("", "must be an object");
          }
          JsonNode operator = object.remove("operator");
          if (operator != null && !operator.isIntegralNumber() && !operator.isTextual()) {
            throw new InvalidInputException("operator", "must be an id");
          }
          Instant validFrom = AssignmentJson.time(object, "valid_from");
          object.remove("valid_from");
          return new Body(
              CalendarJson.read(object),
              validFrom,
              operator == null ? null : new Ref(operator.asText()));
        });
  }

  private CalendarOut out(StoredCalendar stored) {
    List<CalendarVersion> versions = calendars().versions(null, stored.id());
    CalendarVersion newest = versions.isEmpty() ? null : versions.getLast();
    Optional<CalendarVersion> inForce = calendars().inForce(null, stored.id());
    return new CalendarOut(
        stored.id(),
        stored.operatorId(),
        stored.name(),
        stored.currentVersion(),
        newest == null ? null : calendars().state(newest).code(),
        inForce.map(CalendarVersion::version).orElse(null),
        stored.createdAt(),
        newest == null ? null : CalendarJson.write(newest.calendar()));
  }

  private CalendarVersionOut out(CalendarVersion version) {
    return new CalendarVersionOut(
        version.version(),
        calendars().state(version).code(),
        version.from(),
        version.made().at(),
        version.made().author().actor(),
        ApprovalOut.of(version.made().approval()),
        CalendarJson.write(version.calendar()));
  }
}
