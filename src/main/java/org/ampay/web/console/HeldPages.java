package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.cdr.CdrStore;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.partner.HeldDesk;
import org.ampay.web.people.Permission;

/** What partners are not told because something in it is wrong: CDRs and sites. */
final class HeldPages {

  private static final int ROWS = 50;
  private static final int SITES = 100;

  private final Pages pages;
  private final PartnerBook partners;
  private final HeldDesk desk;

  HeldPages(Pages pages, WebRooms rooms) {
    this.pages = pages;
    this.partners = rooms.roaming().partners();
    this.desk = new HeldDesk(rooms);
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/partners/held", Permission.PARTNERS_READ, this::list),
        ConsoleRoute.post("/partners/held/retry", Permission.PARTNERS_WRITE, this::retry));
  }

  private Answer list(PageCall call) {
    List<CdrStore.Held> found = desk.list(call.scope(), call.queryLong("after", 0), ROWS + 1);
    boolean more = found.size() > ROWS;
    List<CdrStore.Held> shown = more ? found.subList(0, ROWS) : found;
    List<UntoldRow> places =
        desk.untold(call.operatorId()).stream()
            .limit(SITES)
            .map(
                place ->
                    new UntoldRow(
                        place,
                        place.head().problems().stream()
                            .map(problem -> UntoldRow.Trouble.of(call.ui(), problem))
                            .toList()))
            .toList();
    Map<String, Object> model = new HashMap<>();
    model.put("rows", shown.stream().map(this::row).toList());
    model.put("places", places);
    model.put("next", more ? shown.getLast().sessionId() : 0L);
    model.put("again", call.queryLong("again", 0));
    return pages.page(200, "partner-held", call.ui(), model);
  }

  private HeldRow row(CdrStore.Held held) {
    String name = partners.byId(held.partnerId()).map(Partner::name).orElse("#" + held.partnerId());
    return new HeldRow(held, name);
  }

  private Answer retry(PageCall call) {
    long session = call.formLong("session", 0);
    String actor = call.caller().actor();
    if (session == 0) {
      return again(desk.retryAll(call.scope(), actor));
    }
    if (!desk.retry(call.scope(), session, actor)) {
      throw Problem.notFound(null).exception();
    }
    return again(1);
  }

  private static Answer again(int count) {
    return Answer.seeOther("/partners/held?again=" + count);
  }
}
