package org.ampay.web.console;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.access.list.ListPolicy;
import org.ampay.access.list.LocalLists;
import org.ampay.access.list.PolicyPlace;
import org.ampay.access.reservation.ReservationWish;
import org.ampay.access.reservation.Reservations;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.people.Permission;
import org.ampay.web.read.ReservationReadStore;
import org.ampay.web.read.StationReadStore;

/** What a station keeps for tokens: its local list, and reservations. */
final class StationAccessPages {

  private static final int SHOWN = 50;

  private final Pages pages;
  private final Inventory inventory;
  private final StationReadStore stations;
  private final LocalLists lists;
  private final Reservations reservations;
  private final ReservationReadStore store;
  private final AuditLog audit;

  /** Rooms below. */
  record Sources(
      Inventory inventory, StationReadStore stations, ReservationReadStore reservations) {}

  StationAccessPages(
      Pages pages, Sources sources, LocalLists lists, Reservations reservations, AuditLog audit) {
    this.pages = pages;
    this.inventory = sources.inventory();
    this.stations = sources.stations();
    this.store = sources.reservations();
    this.lists = lists;
    this.reservations = reservations;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    String base = "/stations/{id}/access";
    return List.of(
        ConsoleRoute.get(base, Permission.STATIONS_READ, call -> page(call, 200, "")),
        ConsoleRoute.post(base + "/policy", Permission.TOKENS_WRITE, this::policy),
        ConsoleRoute.post(base + "/sync", Permission.STATIONS_COMMAND, this::sync),
        ConsoleRoute.post(base + "/reservations", Permission.STATIONS_COMMAND, this::reserve),
        ConsoleRoute.post(
            base + "/reservations/{number}/cancel", Permission.STATIONS_COMMAND, this::cancel));
  }

  private StationInfo station(PageCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .flatMap(row -> inventory.byId(row.id()))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer page(PageCall call, int status, String error) {
    StationInfo station = station(call);
    Map<String, Object> model = new HashMap<>();
    model.put("station", station);
    model.put("policy", lists.policy(station));
    model.put("own", lists.policy(PolicyPlace.station(station)).isPresent());
    model.put("list", lists.state(station));
    model.put(
        "reservations", store.list(call.scope(), station.identity(), null, Long.MAX_VALUE, SHOWN));
    model.put("error", error);
    return pages.page(status, "station-access", call.ui(), model);
  }

  /** Runs a form; what is wrong with it is shown above the page. */
  private Answer done(PageCall call, Runnable work) {
    try {
      work.run();
      return Answer.seeOther("/stations/" + call.ui().part(call.pathParam("id")) + "/access");
    } catch (ProblemException e) {
      return page(call, 400, Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private Answer policy(PageCall call) {
    return done(
        call,
        () -> {
          StationInfo station = station(call);
          PolicyPlace place =
              switch (call.form("place")) {
                case "operator" -> PolicyPlace.operator(station.operatorId());
                case "site" -> PolicyPlace.site(station.operatorId(), station.siteId());
                default -> PolicyPlace.station(station);
              };
          String mode = call.form("mode");
          Optional<ListPolicy> wanted =
              mode.equals("inherit")
                  ? Optional.empty()
                  : Optional.of(
                      Faults.input(
                          () ->
                              ListPolicy.of(
                                  mode, names(call.form("groups")), names(call.form("tokens")))));
          AuditEntry entry =
              entry(call, station, "local_list.policy")
                  .with("mode", mode)
                  .with("place", call.form("place"));
          lists.put(place, wanted, tx -> audit.append(tx, entry));
        });
  }

  private static List<String> names(String text) {
    return Arrays.stream(text.split("[,\\s]+", -1)).filter(name -> !name.isEmpty()).toList();
  }

  private Answer sync(PageCall call) {
    call.http().withoutTimeout();
    return done(
        call,
        () -> {
          StationInfo station = station(call);
          boolean full = call.form("full").equals("true");
          switch (lists.sync(station, full)) {
            case LocalLists.Result.Done done ->
                audit.append(entry(call, station, "local_list.sync").with("full", full));
            case LocalLists.Result.Unmanaged none ->
                throw Problem.conflict("unmanaged", call.ui().t("access.list_unmanaged"))
                    .exception();
            case LocalLists.Result.NotConnected gone -> throw offline(call);
            case LocalLists.Result.Busy busy ->
                throw Problem.conflict("busy", call.ui().t("access.list_busy")).exception();
          }
        });
  }

  private Answer reserve(PageCall call) {
    call.http().withoutTimeout();
    return done(
        call,
        () -> {
          StationInfo station = station(call);
          long minutes = number(call, "minutes", 7 * 24 * 60);
          ReservationWish wish =
              new ReservationWish(
                  station,
                  (int) number(call, "evse", 1_000),
                  call.formOrNull("connector_type"),
                  IdToken.untyped(call.form("token")),
                  call.formOrNull("group"),
                  call.ui().place().now().plus(Duration.ofMinutes(minutes)),
                  null,
                  call.caller().actor());
          asked(
              call,
              reservations.reserve(
                  wish,
                  (tx, r) ->
                      audit.append(
                          tx,
                          entry(call, station, "reservation.create").with("reservation", r.id()))));
        });
  }

  private static long number(PageCall call, String field, long most) {
    long value =
        call.formDecimal(field)
            .filter(n -> n.signum() >= 0 && n.stripTrailingZeros().scale() <= 0)
            .filter(n -> n.compareTo(java.math.BigDecimal.valueOf(most)) <= 0)
            .map(java.math.BigDecimal::longValueExact)
            .orElse(-1L);
    if (value < 0) {
      throw Problem.badField(field, "must be 0 to " + most).exception();
    }
    return value;
  }

  private Answer cancel(PageCall call) {
    call.http().withoutTimeout();
    return done(
        call,
        () -> {
          StationInfo station = station(call);
          asked(
              call,
              reservations.cancel(
                  station.operatorId(),
                  call.idParam("number"),
                  station,
                  call.caller().actor(),
                  (tx, r) ->
                      audit.append(
                          tx,
                          entry(call, station, "reservation.cancel").with("reservation", r.id()))));
        });
  }

  private static void asked(PageCall call, Reservations.Result result) {
    switch (result) {
      case Reservations.Result.Asked asked -> {}
      case Reservations.Result.BadField(String field, String reason) ->
          throw Problem.badField(field, reason).exception();
      case Reservations.Result.Conflict(String reason) ->
          throw Problem.conflict("reservation-conflict", reason).exception();
      case Reservations.Result.NotConnected gone -> throw offline(call);
      case Reservations.Result.Unknown unknown -> throw Problem.notFound(null).exception();
      case Reservations.Result.NoAnswer silent ->
          throw Problem.noAnswer(silent.reason()).exception();
    }
  }

  private static ProblemException offline(PageCall call) {
    return Problem.conflict("not-connected", call.ui().t("access.offline")).exception();
  }

  private static AuditEntry entry(PageCall call, StationInfo station, String action) {
    return AuditEntry.of(
        station.operatorId(), call.caller().actor(), action, "station:" + station.identity());
  }
}
