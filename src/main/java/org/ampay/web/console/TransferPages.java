package org.ampay.web.console;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.TransferRow;
import org.ampay.station.reports.Transfers;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.ProblemException;
import org.ampay.web.people.Permission;

/** Vendors' own messages, and whose are accepted. */
final class TransferPages {

  private static final int PAGE = 50;

  private final Pages pages;
  private final Inventory inventory;
  private final Transfers transfers;
  private final AuditLog audit;

  TransferPages(Pages pages, Inventory inventory, Transfers transfers, AuditLog audit) {
    this.pages = pages;
    this.inventory = inventory;
    this.transfers = transfers;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/data-transfers", Permission.STATIONS_READ, call -> show(call, 200, "")),
        ConsoleRoute.post("/data-transfers/accept", Permission.STATIONS_WRITE, this::accept),
        ConsoleRoute.post("/data-transfers/refuse", Permission.STATIONS_WRITE, this::refuse));
  }

  private Answer show(PageCall call, int status, String error) {
    String identity = call.query("station");
    Optional<Long> station =
        identity.isEmpty()
            ? Optional.empty()
            : Optional.of(
                inventory
                    .byIdentity(identity)
                    .filter(s -> s.operatorId() == call.operatorId())
                    .map(StationInfo::id)
                    .orElse(0L));
    Optional<String> vendor = Optional.of(call.query("vendor")).filter(v -> !v.isEmpty());
    List<TransferRow> rows =
        transfers.list(
            new Transfers.Filter(call.operatorId(), station, vendor),
            call.queryLong("after", Long.MAX_VALUE),
            PAGE + 1);
    boolean more = rows.size() > PAGE;
    List<TransferRow> shown = more ? rows.subList(0, PAGE) : rows;
    Map<String, Object> model = new HashMap<>();
    model.put("transfers", shown);
    model.put("vendors", transfers.vendors(call.operatorId()));
    model.put("station", identity);
    model.put("vendor", vendor.orElse(""));
    model.put("error", error);
    model.put("next", more ? String.valueOf(shown.getLast().id()) : "");
    return pages.page(status, "data-transfers", call.ui(), model);
  }

  private Answer accept(PageCall call) {
    try {
      List<String> messages =
          Arrays.stream(call.form("messages").split("[,\\s]+")).filter(m -> !m.isEmpty()).toList();
      Faults.input(
          () ->
              transfers.accept(
                  call.operatorId(), call.form("vendor"), messages, call.caller().actor()));
      note(call, "vendor.accept");
      return Answer.seeOther("/data-transfers");
    } catch (ProblemException e) {
      return show(call, 400, String.valueOf(e.getMessage()));
    }
  }

  private Answer refuse(PageCall call) {
    if (transfers.refuse(call.operatorId(), call.form("vendor"))) {
      note(call, "vendor.refuse");
    }
    return Answer.seeOther("/data-transfers");
  }

  private void note(PageCall call, String action) {
    audit.append(
        AuditEntry.of(
            call.operatorId(), call.caller().actor(), action, "vendor:" + call.form("vendor")));
  }
}
