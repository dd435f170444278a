package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.cdr.CdrStore;
import org.ampay.ocpi.location.Place;
import org.ampay.ocpi.terminal.Terminal;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.partner.HeldDesk;
import org.ampay.web.partner.TerminalDesk;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** What people see to with OCPI: CDRs held back, places that cannot be told, card terminals. */
final class OcpiByHandApi {

  private static final String TERMINALS = "/ocpi/terminals";

  private final WebRooms rooms;
  private final HeldDesk held;
  private final TerminalDesk terminals;

  OcpiByHandApi(WebRooms rooms) {
    this.rooms = rooms;
    this.held = new HeldDesk(rooms);
    this.terminals = new TerminalDesk(rooms);
  }

  record HeldCdrOut(
      long session,
      long party,
      long operator,
      long bill,
      @Field("what is wrong with it") String reason,
      Instant heldAt) {}

  record UntoldPlaceOut(
      long site,
      String locationId,
      String name,
      @Field("partners see it, but not all of it") boolean shown,
      @Field("each begins with the field") List<String> problems) {}

  record TerminalOut(
      long party,
      @Field("as its service writes it") String id,
      String reference,
      String customerReference,
      String address,
      String city,
      @Field("where it takes payments") List<String> locationIds,
      List<String> evseUids,
      Instant lastUpdated) {}

  record TerminalIn(
      @Field(value = "ids of our locations; left out: as they are", maxItems = TerminalDesk.MOST)
          @Nullable List<String> locationIds,
      @Field(value = "uids of our EVSEs; left out: as they are", maxItems = TerminalDesk.MOST)
          @Nullable List<String> evseUids) {}

  List<ApiRoute> routes() {
    Permission read = Permission.PARTNERS_READ;
    Permission write = Permission.PARTNERS_WRITE;
    return List.of(
        ApiRoute.get("/ocpi/cdrs/held", read, "CDRs held back because something is wrong")
            .lists(HeldCdrOut.class)
            .by(this::held),
        ApiRoute.post("/ocpi/cdrs/held/{id}/retry", write, "Has a session's CDR made again")
            .describe("The id is the session's. What is right now leaves the list in seconds.")
            .answers(202, null)
            .by(this::retry),
        ApiRoute.get("/ocpi/locations/held", read, "Sites that partners are not told of in full")
            .lists(UntoldPlaceOut.class)
            .by(this::untold),
        ApiRoute.get(TERMINALS, read, "Card terminals of payment services")
            .lists(TerminalOut.class)
            .by(this::list),
        ApiRoute.get("/ocpi/parties/{id}/terminals/{terminal}", read, "A card terminal")
            .answers(200, TerminalOut.class)
            .by(this::show),
        ApiRoute.patch("/ocpi/parties/{id}/terminals/{terminal}", write, "Assigns a card terminal")
            .describe("Its service is told first; 502: it did not take it, nothing has changed.")
            .takes(TerminalIn.class)
            .answers(200, TerminalOut.class)
            .by(this::assign));
  }

  private Answer held(ApiCall call) {
    List<CdrStore.Held> found = held.list(call.scope(), call.cursorId(0), call.limit() + 1);
    return Answer.json(
        200,
        call.page(
            found,
            one ->
                new HeldCdrOut(
                    one.sessionId(),
                    one.partnerId(),
                    one.operatorId(),
                    one.billId(),
                    one.reason(),
                    one.heldAt()),
            CdrStore.Held::sessionId));
  }

  private Answer retry(ApiCall call) {
    if (!held.retry(call.scope(), call.idParam("id"), call.caller().actor())) {
      throw Problem.notFound("no CDR of this session is held back").exception();
    }
    return Answer.empty(202);
  }

  private Answer untold(ApiCall call) {
    List<Place> found =
        held.untold(call.owner(null)).stream()
            .filter(place -> place.siteId() > call.cursorId(0))
            .limit(call.limit() + 1L)
            .toList();
    return Answer.json(
        200,
        call.page(
            found,
            place ->
                new UntoldPlaceOut(
                    place.siteId(),
                    place.head().id(),
                    place.head().name(),
                    place.shown(),
                    place.head().problems()),
            Place::siteId));
  }

  private Answer list(ApiCall call) {
    String cursor = call.cursorText();
    int cut = cursor.indexOf(' ');
    if (!cursor.isEmpty() && !cursor.matches("[0-9]{1,18} .*")) {
      throw Problem.badField("cursor", "is not one of ours").exception();
    }
    List<Terminal> found =
        cursor.isEmpty()
            ? terminals.list(call.scope(), 0, "", call.limit() + 1)
            : terminals.list(
                call.scope(),
                Long.parseLong(cursor.substring(0, cut)),
                cursor.substring(cut + 1),
                call.limit() + 1);
    return Answer.json(
        200, call.page(found, OcpiByHandApi::out, one -> one.partnerId() + " " + one.id()));
  }

  private Partner partner(ApiCall call) {
    return rooms
        .roaming()
        .partners()
        .byId(call.idParam("id"))
        .filter(partner -> call.scope().covers(partner.operatorId()))
        .orElseThrow(() -> Problem.notFound("there is no such partner").exception());
  }

  private Terminal terminal(ApiCall call) {
    return terminals
        .find(partner(call), call.pathParam("terminal"))
        .orElseThrow(() -> Problem.notFound("there is no such terminal").exception());
  }

  private Answer show(ApiCall call) {
    return Answer.json(200, out(terminal(call)));
  }

  private Answer assign(ApiCall call) {
    Terminal known = terminal(call);
    TerminalIn in = call.body(TerminalIn.class);
    return Answer.json(
        200,
        out(
            terminals.assign(
                partner(call),
                known.id(),
                in.locationIds() == null ? known.locationIds() : in.locationIds(),
                in.evseUids() == null ? known.evseUids() : in.evseUids(),
                call.caller().actor())));
  }

  private static TerminalOut out(Terminal terminal) {
    return new TerminalOut(
        terminal.partnerId(),
        terminal.id(),
        terminal.told().reference(),
        terminal.told().customerReference(),
        terminal.told().address(),
        terminal.told().city(),
        terminal.locationIds(),
        terminal.evseUids(),
        terminal.lastUpdated());
  }
}
