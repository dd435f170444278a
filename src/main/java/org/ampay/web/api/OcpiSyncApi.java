package org.ampay.web.api;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ampay.audit.AuditEntry;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.push.Comparison;
import org.ampay.ocpi.push.Comparisons;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.PushQueue;
import org.ampay.ocpi.push.PushState;
import org.ampay.ocpi.push.PushState.Stand;
import org.ampay.ocpi.push.PushSummary;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** What OCPI partners have of ours, and what waits to be sent to them. */
final class OcpiSyncApi {

  private static final List<String> STATES =
      Arrays.stream(Stand.values()).map(Stand::code).toList();
  private static final List<String> KINDS =
      Arrays.stream(PushKind.values()).map(PushKind::code).toList();

  private final WebRooms rooms;
  private final PushQueue pushes;
  private final Comparisons comparisons;

  OcpiSyncApi(WebRooms rooms) {
    this.rooms = rooms;
    this.pushes = rooms.roaming().pushes();
    this.comparisons = rooms.roaming().comparisons();
  }

  record CountOut(
      @Field("location, evse, tariff, session, cdr") String kind,
      @Field("waiting, taken, given_up, no_endpoint") String state,
      long objects,
      @Field("when the change came that waits longest; null: none waits")
          @Nullable Instant oldest) {}

  record ComparisonOut(
      Instant begunAt,
      @Field("null: under way, or cut off") @Nullable Instant endedAt,
      int compared,
      @Field("sent again, as are the older ones") int missing,
      int older,
      @Field("why not all could be compared") @Nullable String trouble) {}

  record SyncOut(
      long id,
      @Field("since when it does not answer") @Nullable Instant awaySince,
      List<CountOut> counts,
      @Field("null: none yet") @Nullable ComparisonOut comparison) {}

  record ObjectOut(
      String kind,
      String key,
      String state,
      @Field("failures since the last success") int attempts,
      Instant wantedAt,
      @Field("when it is tried again; null: it does not wait") @Nullable Instant dueAt,
      @Nullable Instant triedAt,
      @Field("when the partner last took it") @Nullable Instant takenAt,
      @Field("why the last attempt failed") @Nullable String error) {}

  record RetryIn(
      @Field("left out: any") @Nullable String kind,
      @Field(value = "left out: any", maxLength = 100) @Nullable String key) {}

  record RetryOut(@Field("objects that are sent again") int objects) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/ocpi/parties/{id}/sync", Permission.PARTNERS_READ, "How far a partner is told")
            .answers(200, SyncOut.class)
            .by(this::sync),
        ApiRoute.get(
                "/ocpi/parties/{id}/sync/objects",
                Permission.PARTNERS_READ,
                "What a partner has of what")
            .query("state", String.join(", ", STATES))
            .lists(ObjectOut.class)
            .by(this::objects),
        ApiRoute.post(
                "/ocpi/parties/{id}/retry", Permission.PARTNERS_WRITE, "Sends again what failed")
            .takes(RetryIn.class)
            .answers(200, RetryOut.class)
            .by(this::retry),
        ApiRoute.post(
                "/ocpi/parties/{id}/compare",
                Permission.PARTNERS_WRITE,
                "Asks a partner what it has")
            .describe("What is missing or older is sent again; the outcome is in its sync.")
            .answers(202, SyncOut.class)
            .by(this::compare));
  }

  private Partner find(ApiCall call) {
    return rooms
        .roaming()
        .partners()
        .byId(call.idParam("id"))
        .filter(partner -> call.scope().covers(partner.operatorId()))
        .orElseThrow(() -> Problem.notFound("there is no such partner").exception());
  }

  private Answer sync(ApiCall call) {
    return Answer.json(200, out(find(call)));
  }

  private SyncOut out(Partner partner) {
    PushSummary summary = pushes.summary(partner);
    return new SyncOut(
        partner.id(),
        summary.awaySince(),
        summary.counts().stream().map(OcpiSyncApi::out).toList(),
        comparisons.last(partner).map(OcpiSyncApi::out).orElse(null));
  }

  private static CountOut out(PushSummary.Count count) {
    return new CountOut(
        count.kind().code(),
        count.state().code(),
        count.objects(),
        count.state() == Stand.WAITING ? count.oldest() : null);
  }

  private static ComparisonOut out(Comparison made) {
    return new ComparisonOut(
        made.begunAt(),
        made.endedAt(),
        made.compared(),
        made.missing(),
        made.older(),
        made.trouble());
  }

  private Answer objects(ApiCall call) {
    Partner partner = find(call);
    String state = call.choice("state", STATES);
    List<PushState> found =
        pushes.states(
            partner,
            state == null ? null : Stand.valueOf(state.toUpperCase(Locale.ROOT)),
            call.cursorText(),
            call.limit() + 1);
    return Answer.json(200, call.page(found, OcpiSyncApi::out, PushState::name));
  }

  private static ObjectOut out(PushState state) {
    return new ObjectOut(
        state.kind().code(),
        state.key(),
        state.state().code(),
        state.attempts(),
        state.wantedAt(),
        state.state() == Stand.WAITING ? state.dueAt() : null,
        state.triedAt(),
        state.takenAt(),
        state.error());
  }

  private Answer retry(ApiCall call) {
    Partner partner = find(call);
    RetryIn in = call.body(RetryIn.class);
    if (in.kind() != null && !KINDS.contains(in.kind())) {
      throw Problem.badField("kind", "must be one of " + KINDS).exception();
    }
    if (in.key() != null && in.kind() == null) {
      throw Problem.badField("kind", "is missing").exception();
    }
    PushKind kind = in.kind() == null ? null : PushKind.valueOf(in.kind().toUpperCase(Locale.ROOT));
    AuditEntry entry =
        entry(call, partner, "partner.retry")
            .with("kind", in.kind() == null ? "" : in.kind())
            .with("key", in.key() == null ? "" : in.key());
    int objects =
        pushes.retry(partner, kind, in.key(), tx -> rooms.ground().audit().append(tx, entry));
    return Answer.json(200, new RetryOut(objects));
  }

  private Answer compare(ApiCall call) {
    Partner partner = find(call);
    if (!partner.isRegistered()) {
      throw Problem.conflict("partner", "it is not registered").exception();
    }
    AuditEntry entry = entry(call, partner, "partner.compare");
    if (!comparisons.begin(partner, tx -> rooms.ground().audit().append(tx, entry))) {
      throw Problem.conflict("partner", "it was asked a moment ago").exception();
    }
    return Answer.json(202, out(partner));
  }

  private static AuditEntry entry(ApiCall call, Partner partner, String action) {
    return new AuditEntry(
        partner.operatorId(),
        call.caller().actor(),
        action,
        "partner:" + partner.id(),
        Map.of("party", partner.party().toString()));
  }
}
