package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.SecurityLog;
import org.ampay.station.reports.SecurityRow;
import org.ampay.web.http.Answer;
import org.ampay.web.people.Permission;
import org.ampay.web.report.Desks;

/** The security events of all stations. */
final class SecurityEventPages {

  private static final int PAGE = 100;

  private final Pages pages;
  private final Inventory inventory;
  private final Desks desks;

  SecurityEventPages(Pages pages, Inventory inventory, Desks desks) {
    this.pages = pages;
    this.inventory = inventory;
    this.desks = desks;
  }

  List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/security-events", Permission.STATIONS_READ, this::list));
  }

  private Answer list(PageCall call) {
    String identity = call.query("station");
    String type = call.query("type");
    boolean critical = call.query("critical").equals("true");
    Optional<StationInfo> station =
        inventory.byIdentity(identity).filter(s -> s.operatorId() == call.operatorId());
    // An identity that nobody has finds nothing, rather than everything.
    Optional<Long> stationId =
        identity.isEmpty()
            ? Optional.empty()
            : Optional.of(station.map(StationInfo::id).orElse(0L));
    SecurityLog.Filter filter =
        new SecurityLog.Filter(
            call.operatorId(),
            stationId,
            Optional.of(type).filter(t -> !t.isEmpty()),
            critical,
            Optional.empty(),
            Optional.empty());
    List<SecurityRow> rows =
        desks.reading().security().list(filter, call.queryLong("after", Long.MAX_VALUE), PAGE + 1);
    boolean more = rows.size() > PAGE;
    List<SecurityRow> shown = more ? rows.subList(0, PAGE) : rows;
    Map<String, Object> model = new HashMap<>();
    model.put("events", shown);
    model.put("types", desks.reading().security().types(call.operatorId()));
    model.put("station", identity);
    model.put("type", type);
    model.put("critical", critical);
    model.put("next", more ? String.valueOf(shown.getLast().id()) : "");
    return pages.page(200, "security-events", call.ui(), model);
  }
}
