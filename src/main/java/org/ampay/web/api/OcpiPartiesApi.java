package org.ampay.web.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ampay.ocpi.CallLog;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.credentials.Credentials;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.log.CallQuery;
import org.ampay.ocpi.log.StoredCall;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.partner.PartyInput;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for OCPI partners. Tokens go in and never come out, but TOKEN_A once. */
final class OcpiPartiesApi {

  private final WebRooms rooms;
  private final PartnerBook partners;
  private final Credentials credentials;

  OcpiPartiesApi(WebRooms rooms) {
    this.rooms = rooms;
    this.partners = rooms.roaming().partners();
    this.credentials = rooms.roaming().credentials();
  }

  record PartyIn(
      @Field(value = PartyInput.ROLES, maxLength = 10) @Nullable String role,
      @Field(value = "ISO 3166 alpha-2", maxLength = 2) @Nullable String countryCode,
      @Field(value = "three characters", maxLength = 3) @Nullable String partyId,
      @Field(maxLength = 100) @Nullable String name,
      @Field(value = "where it lists its versions; may come later", maxLength = PartyInput.MOST_URL)
          @Nullable String versionsUrl,
      @Nullable Ref operator) {}

  record PartyChange(
      @Field("true: it gets 401 and is not called, until false") @Nullable Boolean suspended) {}

  record RegisterIn(
      @Field(
              value = "the TOKEN_A that it gave us; left out: PUT with what we have",
              maxLength = PartyInput.MOST_TOKEN)
          @Nullable String tokenA,
      @Field(maxLength = PartyInput.MOST_URL) @Nullable String versionsUrl) {}

  record PartyCallOut(
      long id,
      Instant at,
      @Field("in: the partner called us, out: we called it") String direction,
      String method,
      String url,
      @Field("null: there was no answer") @Nullable Integer http,
      @Field("OCPI's status_code; null: there was none") @Nullable Integer status,
      int millis,
      @Field("why it was not done; empty: it was") String note,
      @Nullable String requestId,
      @Nullable String correlationId,
      @Field("the beginning of what was sent, without tokens") @Nullable String body) {}

  record EndpointOut(String module, String role, String url) {}

  record RoleOut(String role, String countryCode, String partyId, String name) {}

  record PulledOut(
      @Field("when they were last read to the end; null: not yet") @Nullable Instant at,
      @Field("how many the last reading saw: all, or what had changed") int seen,
      @Field("what went wrong, or was left out; null: nothing") @Nullable String problem) {}

  record PartyOut(
      long id,
      long operator,
      String role,
      String countryCode,
      String partyId,
      String name,
      @Nullable String versionsUrl,
      @Field("invited, registered, suspended, ended") String state,
      @Nullable String version,
      List<EndpointOut> endpoints,
      @Field("for whom it speaks, by its credentials") List<RoleOut> parties,
      @Field("how it calls us first; shown once") @Nullable String tokenA,
      @Field("how its tokens were read; of one party only") @Nullable PulledOut tokens) {

    private PartyOut with(PulledOut pulled) {
      return new PartyOut(
          id,
          operator,
          role,
          countryCode,
          partyId,
          name,
          versionsUrl,
          state,
          version,
          endpoints,
          parties,
          tokenA,
          pulled);
    }
  }

  List<ApiRoute> routes() {
    Permission may = Permission.PARTNERS_WRITE;
    return List.of(
        ApiRoute.get("/ocpi/parties", Permission.PARTNERS_READ, "Lists OCPI partners")
            .lists(PartyOut.class)
            .by(this::list),
        ApiRoute.post("/ocpi/parties", may, "Invites an OCPI partner")
            .describe("Give it the answered token_a and our /ocpi/versions, by a safe way.")
            .takes(PartyIn.class)
            .answers(201, PartyOut.class)
            .by(this::invite),
        ApiRoute.get("/ocpi/parties/{id}", Permission.PARTNERS_READ, "An OCPI partner")
            .answers(200, PartyOut.class)
            .by(call -> Answer.json(200, withTokens(find(call)))),
        ApiRoute.patch("/ocpi/parties/{id}", may, "Stops a partner for a while")
            .takes(PartyChange.class)
            .answers(200, PartyOut.class)
            .by(this::change),
        ApiRoute.post("/ocpi/parties/{id}/register", may, "Registers us with a partner")
            .describe("With the token_a that it gave us; registered already: with new tokens.")
            .takes(RegisterIn.class)
            .answers(200, PartyOut.class)
            .by(this::register),
        ApiRoute.post("/ocpi/parties/{id}/invite", may, "Makes a new token_a for a partner")
            .answers(200, PartyOut.class)
            .by(this::inviteAgain),
        ApiRoute.post("/ocpi/parties/{id}/refresh", may, "Reads what a partner has")
            .describe("Its endpoints now, all its tokens soon: GET says how far that is.")
            .answers(200, PartyOut.class)
            .by(this::refresh),
        ApiRoute.get("/ocpi/parties/{id}/log", Permission.PARTNERS_READ, "Calls with a partner")
            .describe("Newest first; they are written down within seconds, best effort.")
            .query("direction", "in: the partner called us, out: we called it")
            .query("errors", "`only`: those whose OCPI status is not 1xxx")
            .lists(PartyCallOut.class)
            .by(this::log),
        ApiRoute.delete("/ocpi/parties/{id}", may, "Ends the connection with a partner")
            .answers(200, PartyOut.class)
            .by(
                call ->
                    Answer.json(
                        200, out(credentials.end(find(call), call.caller().actor()), null))));
  }

  private Answer list(ApiCall call) {
    List<PartyOut> all =
        partners.of(call.owner(null)).stream().map(partner -> out(partner, null)).toList();
    return Answer.json(200, new ListAnswer<>(all, null));
  }

  private Partner find(ApiCall call) {
    return partners
        .byId(call.idParam("id"))
        .filter(partner -> call.scope().covers(partner.operatorId()))
        .orElseThrow(() -> Problem.notFound("there is no such partner").exception());
  }

  private Answer invite(ApiCall call) {
    PartyIn in = call.body(PartyIn.class);
    String role = PartyInput.role(in.role());
    PartyRef party = PartyInput.party(in.countryCode(), in.partyId());
    String name = PartyInput.name(in.name());
    long operator = call.owner(in.operator());
    PartyRef ours =
        rooms
            .field()
            .inventory()
            .operator(operator)
            .map(known -> new PartyRef(known.countryCode(), known.partyId()))
            .orElseThrow(
                () -> Problem.badField("operator", "there is no such operator").exception());
    Credentials.Invited invited =
        credentials.invite(
            new Credentials.Invitation(
                operator, ours, role, party, name, PartyInput.versionsUrl(in.versionsUrl())),
            call.caller().actor());
    return Answer.json(201, out(invited.partner(), invited.tokenA()));
  }

  private Answer change(ApiCall call) {
    Partner partner = find(call);
    Boolean suspended = call.body(PartyChange.class).suspended();
    if (suspended == null) {
      throw Problem.badField("suspended", "is missing").exception();
    }
    if (partner.state() == Partner.State.ENDED) {
      throw Problem.conflict("partner", "the connection has ended: invite the partner again")
          .exception();
    }
    return Answer.json(
        200, out(credentials.suspend(partner, suspended, call.caller().actor()), null));
  }

  private Answer register(ApiCall call) {
    Partner partner = find(call);
    RegisterIn in = call.body(RegisterIn.class);
    if (partner.state() == Partner.State.SUSPENDED) {
      throw Problem.conflict("partner", "it is suspended: let it go on first").exception();
    }
    Credentials.Given given = null;
    if (in.tokenA() != null) {
      URI url =
          PartyInput.versionsUrl(in.versionsUrl())
              .or(partner::versionsUrl)
              .orElseThrow(() -> Problem.badField("versions_url", "is missing").exception());
      given = new Credentials.Given(PartyInput.tokenA(in.tokenA()), url);
    }
    try {
      return Answer.json(200, out(credentials.begin(partner, given, call.caller().actor()), null));
    } catch (OcpiProblem e) {
      throw Problem.other(502, "partner", String.valueOf(e.getMessage())).exception();
    }
  }

  private Answer refresh(ApiCall call) {
    Partner partner = find(call);
    if (!partner.isRegistered()) {
      throw Problem.conflict("partner", "it is not registered").exception();
    }
    try {
      Partner now = credentials.refresh(partner, call.caller().actor());
      rooms.roaming().byHand().tokens().begin(now);
      return Answer.json(200, withTokens(now));
    } catch (OcpiProblem e) {
      throw Problem.other(502, "partner", String.valueOf(e.getMessage())).exception();
    }
  }

  private PartyOut withTokens(Partner partner) {
    return rooms
        .roaming()
        .byHand()
        .tokens()
        .state(partner.id())
        .map(
            state ->
                out(partner, null)
                    .with(new PulledOut(state.doneAt(), state.tokens(), state.problem())))
        .orElseGet(() -> out(partner, null));
  }

  private Answer log(ApiCall call) {
    Partner partner = find(call);
    String direction = call.choice("direction", List.of("in", "out"));
    CallQuery query =
        new CallQuery(
            direction == null
                ? null
                : CallLog.Direction.valueOf(direction.toUpperCase(Locale.ROOT)),
            call.choice("errors", List.of("only")) != null);
    List<StoredCall> found =
        rooms
            .roaming()
            .log()
            .list(
                partner.operatorId(),
                partner.id(),
                query,
                call.cursorId(Long.MAX_VALUE),
                call.limit() + 1);
    return Answer.json(200, call.page(found, OcpiPartiesApi::out, StoredCall::id));
  }

  private static PartyCallOut out(StoredCall call) {
    return new PartyCallOut(
        call.id(),
        call.at(),
        call.direction().name().toLowerCase(Locale.ROOT),
        call.method(),
        call.url(),
        call.answer().http(),
        call.answer().status(),
        call.answer().millis(),
        call.answer().note(),
        call.requestId(),
        call.correlationId(),
        call.body());
  }

  private Answer inviteAgain(ApiCall call) {
    Partner partner = find(call);
    if (partner.isRegistered()) {
      throw Problem.conflict("partner", "it is registered: end the connection first").exception();
    }
    Credentials.Invited invited = credentials.inviteAgain(partner, call.caller().actor());
    return Answer.json(200, out(invited.partner(), invited.tokenA()));
  }

  private static PartyOut out(Partner partner, @Nullable String tokenA) {
    OcpiVersion version = partner.version();
    return new PartyOut(
        partner.id(),
        partner.operatorId(),
        partner.role(),
        partner.party().countryCode(),
        partner.party().partyId(),
        partner.name(),
        partner.versionsUrl().map(URI::toString).orElse(null),
        partner.state().name().toLowerCase(Locale.ROOT),
        version == null ? null : version.wire(),
        partner.endpoints().stream()
            .map(one -> new EndpointOut(one.module(), one.role().name(), one.url().toString()))
            .toList(),
        partner.parties().stream()
            .map(
                one ->
                    new RoleOut(
                        one.role(), one.party().countryCode(), one.party().partyId(), one.name()))
            .toList(),
        tokenA,
        null);
  }
}
