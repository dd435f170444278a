package org.ampay.web.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.CostBoard;
import org.ampay.charging.CostDisplayStore.Wish;
import org.ampay.charging.Display;
import org.ampay.charging.Rule;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.web.command.ReviewDesk;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.SessionReadStore.SessionRow;
import org.ampay.web.read.TransactionReadStore;
import org.ampay.web.read.TransactionReadStore.EventRow;
import org.ampay.web.read.TransactionReadStore.FrameRow;
import org.ampay.web.read.TransactionReadStore.SignedRow;
import org.jspecify.annotations.Nullable;

/** Calls for doubtful sessions, events, signed values, quarantined frames and cost displays. */
final class ReviewsApi {

  private static final List<String> DECISIONS = List.of("measured", "corrected", "waived");
  private static final List<String> STATES = List.of("open", "resolved");
  private static final BigDecimal MAX_WH = BigDecimal.valueOf(1_000_000_000_000L);

  private final SessionReadStore sessions;
  private final TransactionReadStore transactions;
  private final ReviewDesk desk;
  private final CostBoard costs;
  private final Inventory inventory;
  private final AuditLog audit;

  ReviewsApi(
      SessionReadStore sessions,
      TransactionReadStore transactions,
      ReviewDesk desk,
      CostBoard costs,
      Inventory inventory,
      AuditLog audit) {
    this.sessions = sessions;
    this.transactions = transactions;
    this.desk = desk;
    this.costs = costs;
    this.inventory = inventory;
    this.audit = audit;
  }

  record ResolutionIn(
      @Field("measured, corrected, waived") String decision,
      @Field("watt-hours; as measured by default") @Nullable BigDecimal meterStartWh,
      @Nullable BigDecimal meterStopWh,
      @Field(value = "why, for the audit log", maxLength = 300) @Nullable String note) {}

  record ResolvedOut(long sessionId, String state, @Nullable Money total) {}

  record EventOut(
      Instant at,
      int seqNo,
      @Field("Started, Updated, Ended") String type,
      @Field("triggerReason, chargingState, offline, remote=, reservation=") String detail) {

    static EventOut of(EventRow row) {
      return new EventOut(row.at(), row.seqNo(), row.type(), row.rest());
    }
  }

  record EventsOut(List<EventOut> items) {}

  record SignedOut(
      Instant at,
      @Nullable String context,
      @Nullable String measurand,
      @Field("byte for byte as the station sent it") String data,
      @Nullable String signingMethod,
      @Nullable String encoding,
      @Nullable String publicKey) {

    static SignedOut of(SignedRow row) {
      return new SignedOut(
          row.at(),
          row.context(),
          row.measurand(),
          row.data(),
          row.signingMethod(),
          row.encoding(),
          row.publicKey());
    }
  }

  record SignedListOut(List<SignedOut> items) {}

  record NoteIn(@Field(value = "what was done about it", maxLength = 300) @Nullable String note) {}

  record FrameOut(
      long id,
      String station,
      Instant receivedAt,
      String protocol,
      String frame,
      String reason,
      @Nullable Instant resolvedAt,
      @Nullable String resolvedBy,
      @Nullable String resolution) {

    static FrameOut of(FrameRow row) {
      return new FrameOut(
          row.id(),
          row.station(),
          row.receivedAt(),
          row.protocol(),
          row.frame(),
          row.reason(),
          row.resolvedAt(),
          row.resolvedBy(),
          row.resolution());
    }
  }

  record CostDisplay(
      @Field("is told and answered prices and running costs; null: its own model tells")
          @Nullable Boolean shows,
      @Field("characters of a price text, 1 to 512") @Nullable Integer maxChars) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.post(
                "/sessions/{id}/resolution",
                Permission.SESSIONS_RESOLVE,
                "Ends the review of a session")
            .describe(
                "`measured` bills what the station reported, `corrected` the registers of this"
                    + " call, `waived` nothing.")
            .takes(ResolutionIn.class)
            .answers(200, ResolvedOut.class)
            .by(this::resolve),
        ApiRoute.get(
                "/sessions/{id}/events",
                Permission.SESSIONS_READ,
                "The OCPP 2.0.1 events of a session, in the order of their time")
            .answers(200, EventsOut.class)
            .by(this::events),
        ApiRoute.get(
                "/sessions/{id}/signed-values",
                Permission.SESSIONS_READ,
                "The signed meter values of a session")
            .answers(200, SignedListOut.class)
            .by(this::signed),
        ApiRoute.get(
                "/quarantine",
                Permission.SESSIONS_READ,
                "Frames that could not be kept, newest first")
            .query("state", String.join(", ", STATES))
            .lists(FrameOut.class)
            .by(this::frames),
        ApiRoute.post(
                "/quarantine/{id}/resolution",
                Permission.SESSIONS_RESOLVE,
                "Marks a quarantined frame as dealt with")
            .takes(NoteIn.class)
            .answers(200, FrameOut.class)
            .by(this::resolveFrame),
        ApiRoute.get(
                "/stations/{id}/cost-display",
                Permission.STATIONS_READ,
                "Whether a station shows running costs")
            .answers(200, CostDisplay.class)
            .by(call -> Answer.json(200, shown(station(call)))),
        ApiRoute.put(
                "/stations/{id}/cost-display",
                Permission.STATIONS_WRITE,
                "Sets whether a station shows running costs")
            .takes(CostDisplay.class)
            .answers(200, CostDisplay.class)
            .by(this::display));
  }

  private Answer resolve(ApiCall call) {
    SessionRow session = session(call);
    ResolutionIn in = call.body(ResolutionIn.class);
    if (!DECISIONS.contains(in.decision())) {
      throw Problem.badField("decision", "must be one of " + DECISIONS).exception();
    }
    boolean registers = in.meterStartWh() != null || in.meterStopWh() != null;
    if (registers != in.decision().equals("corrected")) {
      throw Problem.badField(
              registers ? "decision" : "meter_stop_wh",
              registers ? "only corrected takes registers" : "corrected needs a register")
          .exception();
    }
    desk.resolve(
        session,
        new ReviewDesk.Order(
            Rule.Decision.valueOf(in.decision().toUpperCase(Locale.ROOT)),
            energy("meter_start_wh", in.meterStartWh()),
            energy("meter_stop_wh", in.meterStopWh()),
            in.note() == null ? "" : in.note(),
            call.caller().actor()));
    SessionRow now = session(call);
    return Answer.json(200, new ResolvedOut(now.id(), now.state(), now.total()));
  }

  private static @Nullable Energy energy(String field, @Nullable BigDecimal wh) {
    if (wh == null) {
      return null;
    }
    if (wh.signum() < 0 || wh.compareTo(MAX_WH) > 0) {
      throw Problem.badField(field, "must be 0 to " + MAX_WH).exception();
    }
    return Energy.ofWh(wh);
  }

  private Answer events(ApiCall call) {
    return Answer.json(
        200, new EventsOut(transactions.events(session(call)).stream().map(EventOut::of).toList()));
  }

  private Answer signed(ApiCall call) {
    return Answer.json(
        200,
        new SignedListOut(
            transactions.signed(session(call).id()).stream().map(SignedOut::of).toList()));
  }

  private Answer frames(ApiCall call) {
    String state = call.choice("state", STATES);
    List<FrameRow> rows =
        transactions.frames(
            call.scope(),
            !"resolved".equals(state),
            call.cursorId(Long.MAX_VALUE),
            call.limit() + 1);
    return Answer.json(200, call.page(rows, FrameOut::of, FrameRow::id));
  }

  private Answer resolveFrame(ApiCall call) {
    FrameRow frame = frame(call);
    NoteIn in = call.body(NoteIn.class);
    desk.resolve(frame, in.note() == null ? "" : in.note(), call.caller().actor());
    return Answer.json(200, FrameOut.of(frame(call)));
  }

  private FrameRow frame(ApiCall call) {
    return transactions
        .frame(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such frame").exception());
  }

  private Answer display(ApiCall call) {
    StationInfo station = station(call);
    CostDisplay wish = call.body(CostDisplay.class);
    Integer chars = wish.maxChars();
    if (chars != null && (chars < 1 || chars > Display.MAX_CHARS)) {
      throw Problem.badField("max_chars", "must be 1 to " + Display.MAX_CHARS).exception();
    }
    audit.append(
        AuditEntry.of(
                station.operatorId(),
                call.caller().actor(),
                "station.cost_display",
                "station:" + station.identity())
            .with("shows", String.valueOf(wish.shows()))
            .with("max_chars", String.valueOf(chars)));
    Boolean shows = wish.shows();
    costs.set(station, shows == null ? null : new Wish(shows, chars));
    return Answer.json(200, shown(station));
  }

  private CostDisplay shown(StationInfo station) {
    Display display = costs.of(station.id());
    return new CostDisplay(display.cost(), display.maxChars());
  }

  private StationInfo station(ApiCall call) {
    return inventory
        .byIdentity(call.pathParam("id"))
        .filter(station -> call.scope().covers(station.operatorId()))
        .orElseThrow(() -> Problem.notFound("there is no such station").exception());
  }

  private SessionRow session(ApiCall call) {
    return sessions
        .find(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such session").exception());
  }
}
