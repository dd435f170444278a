package org.ampay.web.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.ampay.audit.AuditEntry;
import org.ampay.ocpi.CallLog;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.credentials.Credentials;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.log.CallQuery;
import org.ampay.ocpi.log.StoredCall;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.PushState;
import org.ampay.ocpi.push.PushState.Stand;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.partner.PartyInput;
import org.ampay.web.people.Permission;

/** OCPI partners: who they are, the handshake, how far they are told, what went wrong. */
final class PartnerPages {

  private static final int MOST = 50;
  private static final int CALLS = 100;
  private static final int TROUBLES = 5;

  private final Pages pages;
  private final WebRooms rooms;
  private final WebRooms.Roaming roaming;

  PartnerPages(Pages pages, WebRooms rooms) {
    this.pages = pages;
    this.rooms = rooms;
    this.roaming = rooms.roaming();
  }

  List<ConsoleRoute> routes() {
    Permission read = Permission.PARTNERS_READ;
    Permission write = Permission.PARTNERS_WRITE;
    String one = "/partners/{id}";
    return List.of(
        ConsoleRoute.get("/partners", read, this::list),
        ConsoleRoute.get("/partners/new", write, call -> invitation(call, 200, new TypedForm())),
        ConsoleRoute.post("/partners/new", write, this::invite),
        ConsoleRoute.get(one, read, call -> page(call, 200, partner(call), new TypedForm())),
        ConsoleRoute.get(one + "/log", read, this::log),
        ConsoleRoute.post(one + "/register", write, this::register),
        ConsoleRoute.post(one + "/update", write, this::update),
        ConsoleRoute.post(one + "/refresh", write, this::refresh),
        ConsoleRoute.post(one + "/invite", write, this::inviteAgain),
        ConsoleRoute.post(one + "/suspend", write, call -> suspend(call, true)),
        ConsoleRoute.post(one + "/resume", write, call -> suspend(call, false)),
        ConsoleRoute.post(one + "/end", write, this::end),
        ConsoleRoute.post(one + "/retry", write, this::retry),
        ConsoleRoute.post(one + "/compare", write, this::compare));
  }

  private Answer list(PageCall call) {
    List<PartnerRow> rows =
        roaming.partners().of(call.operatorId()).stream()
            .map(partner -> new PartnerRow(partner, roaming.pushes().open(partner)))
            .toList();
    return pages.page(200, "partners", call.ui(), Map.of("rows", rows));
  }

  private Partner partner(PageCall call) {
    return roaming
        .partners()
        .byId(call.idParam("id"))
        .filter(partner -> partner.operatorId() == call.operatorId())
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer page(PageCall call, int status, Partner partner, TypedForm form) {
    List<PushState> stuck =
        new ArrayList<>(roaming.pushes().states(partner, Stand.GIVEN_UP, "", MOST));
    roaming.pushes().states(partner, Stand.WAITING, "", MOST).stream()
        .filter(state -> state.error() != null)
        .forEach(stuck::add);
    PartnerRow row = new PartnerRow(partner, roaming.pushes().summary(partner));
    Map<String, Object> model = new HashMap<>();
    model.put("row", row);
    model.put("form", form);
    model.put("sync", PartnerSync.of(row.pushes()));
    model.put("stuck", stuck.size() > MOST ? stuck.subList(0, MOST) : stuck);
    roaming.byHand().tokens().state(partner.id()).ifPresent(state -> model.put("pulled", state));
    roaming.comparisons().last(partner).ifPresent(made -> model.put("comparison", made));
    model.put("troubles", calls(partner, new CallQuery(null, true), Long.MAX_VALUE, TROUBLES));
    model.put("versions", versions());
    return pages.page(status, "partner", call.ui(), model);
  }

  private String versions() {
    return roaming.credentials().versionsUrl().toString();
  }

  private List<StoredCall> calls(Partner partner, CallQuery query, long before, int limit) {
    return roaming.log().list(partner.operatorId(), partner.id(), query, before, limit);
  }

  private Answer log(PageCall call) {
    Partner partner = partner(call);
    String direction = call.query("direction");
    boolean errors = call.query("errors").equals("only");
    CallQuery query =
        new CallQuery(
            direction.equals("in") || direction.equals("out")
                ? CallLog.Direction.valueOf(direction.toUpperCase(Locale.ROOT))
                : null,
            errors);
    List<StoredCall> found =
        calls(partner, query, call.queryLong("before", Long.MAX_VALUE), CALLS + 1);
    boolean more = found.size() > CALLS;
    List<StoredCall> shown = more ? found.subList(0, CALLS) : found;
    return pages.page(
        200,
        "partner-log",
        call.ui(),
        Map.of(
            "partner", partner,
            "calls", shown,
            "direction", query.direction() == null ? "" : direction,
            "errors", errors,
            "next", more ? shown.getLast().id() : 0L));
  }

  private Answer invitation(PageCall call, int status, TypedForm form) {
    return pages.page(
        status, "partner-new", call.ui(), Map.of("form", form, "versions", versions()));
  }

  /** Lets a partner in; with its own token and address, we register with it at once. */
  private Answer invite(PageCall call) {
    TypedForm form = TypedForm.posted(call);
    Credentials.Invitation whom;
    try {
      whom =
          new Credentials.Invitation(
              call.operatorId(),
              new PartyRef(call.ui().operator().countryCode(), call.ui().operator().partyId()),
              PartyInput.role(call.form("role")),
              PartyInput.party(call.form("country_code"), call.form("party_id")),
              PartyInput.name(call.form("name")),
              PartyInput.versionsUrl(call.form("versions_url")));
    } catch (InvalidInputException e) {
      form.wrong(e.path(), e.reason());
      return invitation(call, 400, form);
    }
    return made(call, roaming.credentials().invite(whom, call.caller().actor()));
  }

  private Answer inviteAgain(PageCall call) {
    Partner partner = partner(call);
    if (partner.isRegistered()) {
      return refused(call, partner, "partner.is_registered");
    }
    return made(call, roaming.credentials().inviteAgain(partner, call.caller().actor()));
  }

  /** The only page that ever shows a token. */
  private Answer made(PageCall call, Credentials.Invited invited) {
    return pages.page(
        200,
        "partner-made",
        call.ui(),
        Map.of("partner", invited.partner(), "token", invited.tokenA(), "versions", versions()));
  }

  private Answer register(PageCall call) {
    Partner partner = partner(call);
    TypedForm form = TypedForm.posted(call).set("token_a", "");
    if (partner.state() == Partner.State.SUSPENDED) {
      return refused(call, partner, "partner.is_suspended");
    }
    try {
      Credentials.Given given =
          new Credentials.Given(
              PartyInput.tokenA(call.form("token_a")),
              PartyInput.versionsUrl(call.form("versions_url"))
                  .or(partner::versionsUrl)
                  .orElseThrow(() -> new InvalidInputException("versions_url", "is missing")));
      roaming.credentials().begin(partner, given, call.caller().actor());
      return shown(partner);
    } catch (InvalidInputException e) {
      form.wrong(e.path(), e.reason());
    } catch (OcpiProblem e) {
      form.wrong("", String.valueOf(e.getMessage()));
    }
    return page(call, 400, partner, form);
  }

  private Answer update(PageCall call) {
    return asked(
        call, partner -> roaming.credentials().begin(partner, null, call.caller().actor()));
  }

  private Answer refresh(PageCall call) {
    return asked(
        call,
        partner ->
            roaming
                .byHand()
                .tokens()
                .begin(roaming.credentials().refresh(partner, call.caller().actor())));
  }

  /** Asks a partner and shows its page, with what it did wrong if anything was. */
  private Answer asked(PageCall call, Consumer<Partner> question) {
    Partner partner = partner(call);
    if (!partner.isRegistered()) {
      return refused(call, partner, "partner.not_registered");
    }
    try {
      question.accept(partner);
      return shown(partner);
    } catch (OcpiProblem e) {
      TypedForm form = new TypedForm();
      form.wrong("", String.valueOf(e.getMessage()));
      return page(call, 400, partner, form);
    }
  }

  private Answer suspend(PageCall call, boolean stopped) {
    Partner partner = partner(call);
    if (partner.state() == Partner.State.ENDED) {
      return refused(call, partner, "partner.has_ended");
    }
    roaming.credentials().suspend(partner, stopped, call.caller().actor());
    return shown(partner);
  }

  private Answer end(PageCall call) {
    Partner partner = partner(call);
    roaming.credentials().end(partner, call.caller().actor());
    return shown(partner);
  }

  private Answer retry(PageCall call) {
    Partner partner = partner(call);
    String typed = call.form("kind");
    PushKind kind =
        List.of(PushKind.values()).stream()
            .filter(one -> one.code().equals(typed))
            .findFirst()
            .orElse(null);
    String key = kind == null ? null : call.formOrNull("key");
    AuditEntry entry =
        entry(call, partner, "partner.retry")
            .with("kind", kind == null ? "" : kind.code())
            .with("key", key == null ? "" : key);
    roaming.pushes().retry(partner, kind, key, tx -> rooms.ground().audit().append(tx, entry));
    return shown(partner);
  }

  private Answer compare(PageCall call) {
    Partner partner = partner(call);
    if (!partner.isRegistered()) {
      return refused(call, partner, "partner.not_registered");
    }
    AuditEntry entry = entry(call, partner, "partner.compare");
    if (!roaming.comparisons().begin(partner, tx -> rooms.ground().audit().append(tx, entry))) {
      return refused(call, partner, "partner.compared_just_now");
    }
    return shown(partner);
  }

  private static AuditEntry entry(PageCall call, Partner partner, String action) {
    return AuditEntry.of(
            partner.operatorId(), call.caller().actor(), action, "partner:" + partner.id())
        .with("party", partner.party());
  }

  private Answer refused(PageCall call, Partner partner, String why) {
    TypedForm form = new TypedForm();
    form.wrong("", call.ui().t(why));
    return page(call, 409, partner, form);
  }

  private static Answer shown(Partner partner) {
    return Answer.seeOther("/partners/" + partner.id());
  }
}
