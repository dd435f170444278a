package org.ampay.web.console;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.CustomerRow;
import org.ampay.station.reports.DisplayMessage;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.report.CustomerDesk;
import org.ampay.web.report.Desks;
import org.ampay.web.report.DisplayDesk;
import org.jspecify.annotations.Nullable;

/** The display of a station, and what it knows of customers: 2.0.1 only. */
final class DisplayPages {

  private static final int SHOWN = 50;

  private final Pages pages;
  private final Inventory inventory;
  private final Desks desks;
  private final AuditLog audit;

  DisplayPages(Pages pages, Inventory inventory, Desks desks, AuditLog audit) {
    this.pages = pages;
    this.inventory = inventory;
    this.desks = desks;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get(
            "/stations/{id}/display", Permission.STATIONS_READ, call -> show(call, 200, "", "")),
        ConsoleRoute.post("/stations/{id}/display", Permission.STATIONS_COMMAND, this::set),
        ConsoleRoute.post("/stations/{id}/display/clear", Permission.STATIONS_COMMAND, this::clear),
        ConsoleRoute.post("/stations/{id}/display/read", Permission.STATIONS_COMMAND, this::read),
        ConsoleRoute.post("/stations/{id}/customers", Permission.DRIVERS_WRITE, this::ask),
        ConsoleRoute.post(
            "/stations/{id}/customers/delete", Permission.DRIVERS_WRITE, this::forget));
  }

  private StationInfo station(PageCall call) {
    return inventory
        .byIdentity(call.pathParam("id"))
        .filter(station -> station.operatorId() == call.operatorId())
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer show(PageCall call, int status, String error, String answer) {
    StationInfo station = station(call);
    Map<String, Object> model = new HashMap<>();
    model.put("station", station);
    model.put("messages", desks.reading().displays().of(station.id()));
    model.put("customers", customers(call, station));
    model.put("priorities", DisplayDesk.PRIORITIES);
    model.put("states", DisplayDesk.STATES);
    model.put("formats", DisplayDesk.FORMATS);
    model.put("error", error);
    model.put("answer", answer);
    return pages.page(status, "station-display", call.ui(), model);
  }

  /** With their data, for those who may see it. */
  private List<CustomerRow> customers(PageCall call, StationInfo station) {
    if (!call.ui().may(Permission.DRIVERS_WRITE)) {
      return List.of();
    }
    return desks.reading().customers().ofStation(station.id(), Long.MAX_VALUE, SHOWN).stream()
        .map(row -> desks.reading().customers().find(station.operatorId(), row.id()).orElse(row))
        .toList();
  }

  private Answer set(PageCall call) {
    return told(
        call,
        station ->
            desks
                .displays()
                .set(
                    station,
                    new DisplayMessage(
                        number(call, "message"),
                        call.form("priority"),
                        call.formOrNull("state"),
                        time(call, "start"),
                        time(call, "end"),
                        call.formOrNull("transaction"),
                        call.form("format"),
                        call.formOrNull("language"),
                        call.form("content"),
                        null),
                    call.caller().actor()));
  }

  private Answer clear(PageCall call) {
    return told(
        call,
        station -> desks.displays().clear(station, number(call, "message"), call.caller().actor()));
  }

  private Answer read(PageCall call) {
    return told(
        call, station -> desks.displays().read(station, null, null, null, call.caller().actor()));
  }

  private Answer ask(PageCall call) {
    return told(
        call,
        station -> {
          String by = call.form("by");
          String who = call.formOrNull("who");
          CustomerRow row =
              desks
                  .customers()
                  .ask(
                      station,
                      new CustomerDesk.Who(
                          by.equals("id_token") ? who : null,
                          null,
                          null,
                          by.equals("identifier") ? who : null),
                      call.form("what").contains("report"),
                      call.form("what").contains("clear"),
                      call.caller().actor());
          return Objects.requireNonNullElse(row.status(), row.state().word());
        });
  }

  private Answer forget(PageCall call) {
    long id =
        new Ref(call.form("request"))
            .id()
            .orElseThrow(() -> Problem.badField("request", "is missing").exception());
    if (desks.reading().customers().delete(call.operatorId(), id)) {
      audit.append(
          AuditEntry.of(
              call.operatorId(),
              call.caller().actor(),
              "customer.forget",
              "customer_information:" + id));
    }
    return Answer.seeOther("/stations/" + call.ui().part(call.pathParam("id")) + "/display");
  }

  private Answer told(PageCall call, java.util.function.Function<StationInfo, String> work) {
    StationInfo station = station(call);
    call.http().withoutTimeout();
    try {
      return show(call, 200, "", work.apply(station));
    } catch (ProblemException e) {
      return show(call, e.problem().status(), String.valueOf(e.getMessage()), "");
    }
  }

  private static int number(PageCall call, String field) {
    long number = new Ref(call.form(field)).id().orElse(-1);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw Problem.badField(field, "must be a number").exception();
    }
    return (int) number;
  }

  /** A time of the form, in the zone that the page shows. */
  private static @Nullable Instant time(PageCall call, String field) {
    String text = call.form(field);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDateTime.parse(text).atZone(call.ui().place().zone()).toInstant();
    } catch (DateTimeParseException e) {
      throw Problem.badField(field, "must be a date and time").exception();
    }
  }
}
