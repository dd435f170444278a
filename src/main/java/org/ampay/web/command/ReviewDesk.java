package org.ampay.web.command;

import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Energy;
import org.ampay.base.TimeSource;
import org.ampay.charging.Reviews;
import org.ampay.charging.Rule;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.web.http.Problem;
import org.ampay.web.read.SessionReadStore.SessionRow;
import org.ampay.web.read.TransactionReadStore;
import org.ampay.web.read.TransactionReadStore.FrameRow;
import org.jspecify.annotations.Nullable;

/**
 * What people decide about doubtful sessions and quarantined frames, by page or API. Each decision
 * has an audit entry before it is made; the decision's own row, with who made it, is kept with what
 * it changed.
 */
public final class ReviewDesk {

  private final Reviews reviews;
  private final Inventory inventory;
  private final TransactionReadStore store;
  private final AuditLog audit;
  private final TimeSource time;

  public ReviewDesk(
      Reviews reviews,
      Inventory inventory,
      TransactionReadStore store,
      AuditLog audit,
      TimeSource time) {
    this.reviews = reviews;
    this.inventory = inventory;
    this.store = store;
    this.audit = audit;
    this.time = time;
  }

  /** What somebody wants; registers null: as measured. */
  public record Order(
      Rule.Decision decision,
      @Nullable Energy meterStart,
      @Nullable Energy meterStop,
      String note,
      String actor) {}

  /**
   * Ends the review of a session that the caller has found in its scope.
   *
   * @throws org.ampay.web.http.ProblemException 409 when it cannot be ended so, 503 to try again
   */
  public void resolve(SessionRow session, Order order) {
    if (!session.state().equals("review")) {
      throw Problem.conflict("not-in-review", "the session is " + session.state()).exception();
    }
    StationInfo station =
        inventory
            .byId(session.stationId())
            .orElseThrow(() -> Problem.conflict("no-station", "its station is gone").exception());
    audit.append(
        AuditEntry.of(
                session.operatorId(), order.actor(), "session.resolve", "session:" + session.id())
            .with("decision", order.decision().stored())
            .with("meter_start", text(order.meterStart()))
            .with("meter_stop", text(order.meterStop()))
            .with("reason", String.valueOf(session.reviewReason()))
            .with("note", order.note()));
    Reviews.Result result =
        reviews.resolve(
            station,
            session.id(),
            new Reviews.Wish(
                order.decision(),
                order.meterStart(),
                order.meterStop(),
                order.actor(),
                order.note()));
    switch (result) {
      case Reviews.Result.Resolved done -> {}
      case Reviews.Result.Refused(String why) -> {
        audit.append(
            AuditEntry.of(
                    session.operatorId(),
                    order.actor(),
                    "session.resolve.refused",
                    "session:" + session.id())
                .with("why", why));
        throw Problem.conflict("not-resolved", why).exception();
      }
      case Reviews.Result.Unavailable(String why) -> throw Problem.unavailable(why).exception();
    }
  }

  private static String text(@Nullable Energy energy) {
    return energy == null ? "as measured" : energy.toString();
  }

  /**
   * Marks a frame as dealt with.
   *
   * @throws org.ampay.web.http.ProblemException 409 when it was before
   */
  public void resolve(FrameRow frame, String note, String actor) {
    if (frame.resolvedAt() != null) {
      throw Problem.conflict("resolved", "the frame was dealt with before").exception();
    }
    audit.append(
        AuditEntry.of(frame.operatorId(), actor, "quarantine.resolve", "quarantine:" + frame.id())
            .with("note", note));
    if (!store.resolve(frame.id(), actor, note, time.now())) {
      throw Problem.conflict("resolved", "the frame was dealt with before").exception();
    }
  }
}
