package org.ampay.web.console;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.charging.Rule;
import org.ampay.web.command.ReviewDesk;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.people.Permission;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.SessionReadStore.SessionRow;
import org.ampay.web.read.TransactionReadStore;
import org.jspecify.annotations.Nullable;

/**
 * What people decide about doubtful sessions and quarantined frames; signed values to take away.
 */
final class ReviewPages {

  private static final List<String> DECISIONS = List.of("measured", "corrected", "waived");
  private static final int MAX_NOTE = 300;

  private final SessionReadStore sessions;
  private final TransactionReadStore transactions;
  private final ReviewDesk desk;
  private final SessionPages pages;

  ReviewPages(
      SessionReadStore sessions,
      TransactionReadStore transactions,
      ReviewDesk desk,
      SessionPages pages) {
    this.pages = pages;
    this.sessions = sessions;
    this.transactions = transactions;
    this.desk = desk;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.post("/sessions/{id}/resolution", Permission.SESSIONS_RESOLVE, this::resolve),
        ConsoleRoute.get("/sessions/{id}/signed", Permission.SESSIONS_READ, this::signed),
        ConsoleRoute.post(
            "/quarantine/{id}/resolution", Permission.SESSIONS_RESOLVE, this::resolveFrame));
  }

  private Answer resolve(PageCall call) {
    SessionRow session = session(call);
    try {
      String decision = call.form("decision");
      if (!DECISIONS.contains(decision)) {
        throw Problem.badField("decision", "must be one of " + DECISIONS).exception();
      }
      boolean corrected = decision.equals("corrected");
      desk.resolve(
          session,
          new ReviewDesk.Order(
              Rule.Decision.valueOf(decision.toUpperCase(Locale.ROOT)),
              corrected ? kwh(call, "meter_start") : null,
              corrected ? kwh(call, "meter_stop") : null,
              note(call),
              call.caller().actor()));
      return Answer.seeOther("/sessions/" + session.id());
    } catch (ProblemException e) {
      return pages.detail(
          call, e.problem().status(), Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private static String note(PageCall call) {
    String note = call.form("note");
    return note.substring(0, Math.min(MAX_NOTE, note.length()));
  }

  private static @Nullable Energy kwh(PageCall call, String name) {
    Optional<BigDecimal> typed = call.formDecimal(name);
    return typed.map(kwh -> Energy.ofWh(kwh.movePointRight(3))).orElse(null);
  }

  private Answer signed(PageCall call) {
    SessionRow session = session(call);
    String name = "attachment; filename=\"session-" + session.id() + "-signed.json\"";
    return Answer.json(200, transactions.signed(session.id())).with("content-disposition", name);
  }

  private Answer resolveFrame(PageCall call) {
    TransactionReadStore.FrameRow frame =
        transactions
            .frame(call.scope(), call.idParam("id"))
            .orElseThrow(() -> Problem.notFound(null).exception());
    desk.resolve(frame, note(call), call.caller().actor());
    return Answer.seeOther("/quarantine");
  }

  private SessionRow session(PageCall call) {
    return sessions
        .find(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }
}
