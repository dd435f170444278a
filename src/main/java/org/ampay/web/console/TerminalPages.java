package org.ampay.web.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.location.Place;
import org.ampay.ocpi.location.PlaceEvse;
import org.ampay.ocpi.terminal.Terminal;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.partner.TerminalDesk;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Card terminals of payment services, and where they take payments. */
final class TerminalPages {

  private static final int ROWS = 50;
  private static final String LOCATIONS = "location_ids";
  private static final String EVSES = "evse_uids";

  private final Pages pages;
  private final PartnerBook partners;
  private final Inventory inventory;
  private final TerminalDesk desk;

  TerminalPages(Pages pages, WebRooms rooms) {
    this.pages = pages;
    this.partners = rooms.roaming().partners();
    this.inventory = rooms.field().inventory();
    this.desk = new TerminalDesk(rooms);
  }

  List<ConsoleRoute> routes() {
    String one = "/partners/terminals/{partner}";
    return List.of(
        ConsoleRoute.get("/partners/terminals", Permission.PARTNERS_READ, this::list),
        ConsoleRoute.get(one, Permission.PARTNERS_READ, this::show),
        ConsoleRoute.post(one, Permission.PARTNERS_WRITE, this::assign));
  }

  private Answer list(PageCall call) {
    List<Terminal> found =
        desk.list(call.scope(), call.queryLong("after", 0), call.query("terminal"), ROWS + 1);
    boolean more = found.size() > ROWS;
    List<Terminal> shown = more ? found.subList(0, ROWS) : found;
    Map<String, String> names = names(call.operatorId());
    String next =
        more
            ? "?after="
                + shown.getLast().partnerId()
                + "&terminal="
                + call.ui().part(shown.getLast().id())
            : "";
    return pages.page(
        200,
        "partner-terminals",
        call.ui(),
        Map.of(
            "rows", shown.stream().map(terminal -> row(terminal, names)).toList(), "next", next));
  }

  /** The names of the operator's locations by id. */
  private Map<String, String> names(long operatorId) {
    Map<String, String> names = new LinkedHashMap<>();
    desk.places(operatorId).stream()
        .map(Place::head)
        .sorted(Comparator.comparing(Place.Head::name))
        .forEach(head -> names.put(head.id(), head.name()));
    return names;
  }

  private TerminalRow row(Terminal terminal, Map<String, String> names) {
    return new TerminalRow(
        terminal,
        partners.byId(terminal.partnerId()).map(Partner::name).orElse("#" + terminal.partnerId()),
        terminal.locationIds().stream().map(id -> names.getOrDefault(id, id)).toList(),
        terminal.evseUids().stream().map(uid -> written(terminal.operatorId(), uid)).toList());
  }

  /** An EVSE as people write it: the station and its number. */
  private String written(long operatorId, String uid) {
    return desk.evse(operatorId, uid)
        .flatMap(
            evse ->
                inventory
                    .byId(evse.stationId())
                    .map(station -> station.identity() + "/" + evse.evseNo()))
        .orElse("#" + uid);
  }

  private Partner partner(PageCall call) {
    return partners
        .byId(call.idParam("partner"))
        .filter(partner -> partner.operatorId() == call.operatorId())
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Terminal terminal(Partner partner, String id) {
    return desk.find(partner, id).orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer show(PageCall call) {
    Partner partner = partner(call);
    return page(call, 200, terminal(partner, call.query("terminal")), null);
  }

  /**
   * @param typed null: as it is assigned
   */
  private Answer page(PageCall call, int status, Terminal terminal, @Nullable TypedForm typed) {
    Map<String, String> names = names(call.operatorId());
    TerminalRow row = row(terminal, names);
    terminal
        .locationIds()
        .forEach(id -> names.putIfAbsent(id, call.ui().t("terminal.foreign", id)));
    TypedForm form =
        typed == null
            ? new TypedForm()
                .setAll(LOCATIONS, terminal.locationIds())
                .set(EVSES, String.join("\n", row.evses()))
            : typed;
    Map<String, Object> model = new HashMap<>();
    model.put("row", row);
    model.put("form", form);
    model.put("names", names);
    model.put("done", call.query("done").equals("1"));
    return pages.page(status, "partner-terminal", call.ui(), model);
  }

  private Answer assign(PageCall call) {
    Partner partner = partner(call);
    Terminal terminal = terminal(partner, call.form("terminal"));
    TypedForm form = TypedForm.posted(call);
    try {
      desk.assign(
          partner, terminal.id(), call.formAll(LOCATIONS), uids(call), call.caller().actor());
      return Answer.seeOther(
          "/partners/terminals/"
              + partner.id()
              + "?done=1&terminal="
              + call.ui().part(terminal.id()));
    } catch (ProblemException e) {
      Problem problem = e.problem();
      String field = Objects.requireNonNullElse(problem.field(), "");
      String why = Objects.requireNonNullElse(e.getMessage(), problem.title());
      form.wrong(field, field.isEmpty() ? call.ui().t("terminal.refused", why) : after(why, field));
      return page(call, problem.status() == 502 ? 409 : problem.status(), terminal, form);
    }
  }

  /** What is wrong, without the field's name before it. */
  private static String after(String why, String field) {
    return why.startsWith(field + ": ") ? why.substring(field.length() + 2) : why;
  }

  /** Lines of a station, a station and its EVSE's number, or {@code #uid}. */
  private List<String> uids(PageCall call) {
    List<String> uids = new ArrayList<>();
    for (String line : call.form(EVSES).split("[\\r\\n]+", -1)) {
      String text = line.strip();
      if (text.startsWith("#")) {
        uids.add(text.substring(1));
      } else if (!text.isEmpty()) {
        uids.addAll(ofStation(call, text));
      }
      if (uids.size() > TerminalDesk.MOST) {
        break; // the desk says that it is too much
      }
    }
    return uids;
  }

  private List<String> ofStation(PageCall call, String text) {
    List<PlaceEvse> whole = evses(call, text);
    int cut = text.lastIndexOf('/');
    List<PlaceEvse> found =
        whole.isEmpty() && cut > 0
            ? evses(call, text.substring(0, cut)).stream()
                .filter(evse -> text.substring(cut + 1).equals(Integer.toString(evse.evseNo())))
                .toList()
            : whole;
    if (found.isEmpty()) {
      String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
      throw Problem.badField(EVSES, call.ui().t("terminal.no_evse", shown)).exception();
    }
    return found.stream().map(PlaceEvse::uid).toList();
  }

  private List<PlaceEvse> evses(PageCall call, String identity) {
    return inventory
        .byIdentity(identity)
        .filter(station -> station.operatorId() == call.operatorId())
        .map(StationInfo::id)
        .map(id -> desk.evses(call.operatorId(), id))
        .orElse(List.of());
  }
}
