package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.access.Driver;
import org.ampay.access.Tokens;
import org.ampay.base.TimeSource;
import org.ampay.billing.catalog.CalendarVersion;
import org.ampay.billing.catalog.Candidate;
import org.ampay.billing.catalog.Explanation;
import org.ampay.billing.catalog.Reason;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffReach;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.TariffQuery;
import org.ampay.web.api.TariffShapes.ApplicableOut;
import org.ampay.web.api.TariffShapes.AppliedOut;
import org.ampay.web.api.TariffShapes.AssignmentOut;
import org.ampay.web.api.TariffShapes.CalendarRefOut;
import org.ampay.web.api.TariffShapes.CandidateOut;
import org.ampay.web.api.TariffShapes.ReachOut;
import org.ampay.web.api.TariffShapes.ReachedOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** What applies where, and why. */
final class TariffReachApi {

  private final TariffCatalog catalog;
  private final Inventory inventory;
  private final Tokens tokens;
  private final TimeSource time;
  private final TariffReach reach;

  TariffReachApi(TariffCatalog catalog, Inventory inventory, Tokens tokens, TimeSource time) {
    this.catalog = catalog;
    this.inventory = inventory;
    this.tokens = tokens;
    this.time = time;
    this.reach = new TariffReach(catalog, inventory, time);
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/tariffs/applicable", Permission.TARIFFS_READ, "What applies where and why")
            .describe(
                "The tariff that a session gets, and every assignment that names its place or its"
                    + " driver, with the reason why it holds or does not. A session is priced by"
                    + " the same rules.")
            .query("station", "id of the station; required")
            .query("at", "when the session begins; now by default")
            .query("received", "when the server hears of it; `at` by default")
            .query("driver", "id of a driver, for contracts with the driver or the driver's group")
            .query("group", "id of a group of drivers, in place of `driver`")
            .answers(200, ApplicableOut.class)
            .by(this::applicable),
        ApiRoute.get(
                "/tariffs/{id}/reach",
                Permission.TARIFFS_READ,
                "Stations where a tariff applies now")
            .describe("To drivers without a contract; `count` is the number of all of them.")
            .query("limit", "how many items, 1 to 1000; 100 by default")
            .query("cursor", "`next` of the page before")
            .answers(200, ReachOut.class)
            .by(this::reach));
  }

  private Answer applicable(ApiCall call) {
    Long operator = call.scope().operatorId();
    String identity =
        call.query("station")
            .orElseThrow(() -> Problem.badField("station", "is required").exception());
    StationInfo station =
        inventory
            .byIdentity(identity)
            .filter(s -> operator == null || s.operatorId() == operator)
            .orElseThrow(() -> Problem.badField("station", "there is no such station").exception());
    Instant at = call.time("at").orElseGet(time::now);
    Instant received = call.time("received").orElse(at);
    Optional<Driver> driver = driver(call, station);
    Optional<Long> group = driver.isPresent() ? driver.map(Driver::groupId) : id(call, "group");
    if (call.query("driver").isPresent() && call.query("group").isPresent()) {
      throw Problem.badField("group", "only one of driver and group").exception();
    }
    TariffQuery query =
        new TariffQuery(
                station.operatorId(),
                station.siteId(),
                station.id(),
                group,
                received,
                at,
                station.zone())
            .with(driver.map(Driver::id), station.currency());
    return Answer.json(200, out(station, catalog.explain(query)));
  }

  private Optional<Driver> driver(ApiCall call, StationInfo station) {
    return id(call, "driver")
        .map(
            id ->
                tokens
                    .driver(station.operatorId(), id)
                    .orElseThrow(
                        () -> Problem.badField("driver", "there is no such driver").exception()));
  }

  private static Optional<Long> id(ApiCall call, String name) {
    return call.query(name)
        .map(
            text ->
                new Ref(text)
                    .id()
                    .orElseThrow(() -> Problem.badField(name, "must be an id").exception()));
  }

  private ApplicableOut out(StationInfo station, Explanation explanation) {
    TariffQuery query = explanation.query();
    List<Long> ids =
        explanation.candidates().stream().map(c -> c.assignment().tariffId()).distinct().toList();
    Map<Long, StoredTariff> tariffs =
        catalog.byIds(null, ids).stream()
            .collect(Collectors.toMap(StoredTariff::id, Function.identity()));
    return new ApplicableOut(
        station.identity(),
        query.startAt(),
        query.receivedAt(),
        query.driverId().orElse(null),
        query.driverGroupId().orElse(null),
        explanation.winner().map(winner -> applied(winner, tariffs)).orElse(null),
        explanation.candidates().stream().map(c -> candidate(c, tariffs)).toList());
  }

  private static @Nullable AppliedOut applied(Candidate winner, Map<Long, StoredTariff> tariffs) {
    TariffVersion version = winner.version();
    if (version == null) {
      return null;
    }
    return new AppliedOut(
        version.tariffId(),
        name(winner, tariffs),
        version.version(),
        calendar(winner),
        PriceText.display(version.tariff(), Locale.CHINESE),
        PriceText.display(version.tariff(), Locale.ENGLISH));
  }

  private static CandidateOut candidate(Candidate candidate, Map<Long, StoredTariff> tariffs) {
    TariffVersion version = candidate.version();
    return new CandidateOut(
        candidate.assignment().tariffId(),
        name(candidate, tariffs),
        version == null ? null : version.version(),
        calendar(candidate),
        AssignmentOut.of(candidate.assignment()),
        candidate.reason() == Reason.WINS,
        candidate.reason().code(),
        candidate.reason().text());
  }

  private static String name(Candidate candidate, Map<Long, StoredTariff> tariffs) {
    StoredTariff tariff = tariffs.get(candidate.assignment().tariffId());
    return tariff == null ? "" : tariff.name();
  }

  private static @Nullable CalendarRefOut calendar(Candidate candidate) {
    CalendarVersion calendar = candidate.calendar();
    return calendar == null
        ? null
        : new CalendarRefOut(calendar.calendarId(), calendar.version(), calendar.calendar().name());
  }

  private Answer reach(ApiCall call) {
    StoredTariff stored = TariffCalls.find(catalog, call);
    TariffReach.Reach found = reach.of(stored, call.cursorText(), call.limit() + 1);
    ListAnswer<ReachedOut> page =
        call.page(
            found.stations(), s -> new ReachedOut(s.identity(), s.siteId()), StationInfo::identity);
    return Answer.json(200, new ReachOut(found.count(), page.items(), page.next()));
  }
}
