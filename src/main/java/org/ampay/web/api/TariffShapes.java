package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.ampay.billing.catalog.Approval;
import org.ampay.billing.catalog.Approvals.Proposal;
import org.ampay.billing.catalog.Assignment;
import org.ampay.web.http.Field;
import org.jspecify.annotations.Nullable;

/** What the calls for tariffs answer with. */
final class TariffShapes {

  private static final String STATES = "planned, in_force, replaced, proposed, rejected";

  private TariffShapes() {}

  record WarningOut(
      String field, @Field("a stable word for the doubt") String code, String message) {}

  /** What a second person said; null where none is needed. */
  record ApprovalOut(
      @Field("proposed, approved, rejected") String state,
      @Nullable String by,
      @Nullable Instant at,
      @Nullable String note) {

    static @Nullable ApprovalOut of(Approval approval) {
      if (approval.state() == Approval.State.NOT_NEEDED) {
        return null;
      }
      Approval.Decision decision = approval.decision();
      return decision == null
          ? new ApprovalOut(approval.state().code(), null, null, null)
          : new ApprovalOut(approval.state().code(), decision.by(), decision.at(), decision.note());
    }
  }

  record EndingOut(
      long id,
      Instant endsAt,
      Instant createdAt,
      String createdBy,
      @Nullable ApprovalOut approval) {

    static EndingOut of(Assignment.Ending ending) {
      return new EndingOut(
          ending.id(),
          ending.endsAt(),
          ending.made().at(),
          ending.made().author().actor(),
          ApprovalOut.of(ending.made().approval()));
    }
  }

  record AssignmentOut(
      long id,
      @Field("driver, group, station, site, operator, platform") String level,
      long target,
      int priority,
      Instant validFrom,
      @Field("exclusive; when it ends by itself") @Nullable Instant validTo,
      Instant createdAt,
      String createdBy,
      @Field("when it ends, by itself or because somebody ended it") @Nullable Instant endsAt,
      List<EndingOut> endings,
      @Nullable ApprovalOut approval) {

    static AssignmentOut of(Assignment a) {
      return new AssignmentOut(
          a.id(),
          a.level().code(),
          a.targetId(),
          a.priority(),
          a.validFrom(),
          a.validTo(),
          a.createdAt(),
          a.createdBy(),
          a.endsAt().orElse(null),
          a.endings().stream().map(EndingOut::of).toList(),
          ApprovalOut.of(a.made().approval()));
    }
  }

  /** One target of many. */
  record AssignedOut(@Field("as it was named") String target, AssignmentOut assignment) {}

  record AssignedManyOut(int count, List<AssignedOut> items) {}

  record VersionOut(
      int version,
      @Field(STATES) String state,
      @Field("sessions that begin at or after it; by default when it was made") Instant validFrom,
      Instant createdAt,
      String author,
      @Nullable ApprovalOut approval,
      @Field("id of the stored calendar that it uses") @Nullable Long calendar,
      @Field("the price in a line, in Chinese and English") String textZh,
      String textEn,
      @Field("OCPI tariff") JsonNode tariff) {}

  record TariffOut(
      long id,
      long operator,
      String name,
      String currency,
      @Field("the newest one; earlier ones stay in force where sessions have them") int version,
      @Field("of the newest version: " + STATES) @Nullable String state,
      @Field("of the newest version") @Nullable Instant validFrom,
      @Field("the version that sessions that start now get") @Nullable Integer versionInForce,
      Instant createdAt,
      @Field("the price in a line, in Chinese and English") @Nullable String textZh,
      @Nullable String textEn,
      @Field("OCPI tariff, of the newest version") @Nullable JsonNode tariff,
      @Field("what is allowed and rarely meant") List<WarningOut> warnings) {}

  record TariffDetailOut(
      @com.fasterxml.jackson.annotation.JsonUnwrapped TariffOut stored,
      @Field("newest first") List<VersionOut> versions,
      @Field("the newest 1,000, newest first; all of them under `/tariffs/{id}/assignments`")
          List<AssignmentOut> assignments) {}

  record CalendarVersionOut(
      int version,
      @Field(STATES) String state,
      Instant validFrom,
      Instant createdAt,
      String author,
      @Nullable ApprovalOut approval,
      @Field("seasons, days, slots, holidays") JsonNode calendar) {}

  record CalendarOut(
      long id,
      @Field("0: the platform's, for all operators") long operator,
      String name,
      @Field("the newest one") int version,
      @Field("of the newest version: " + STATES) @Nullable String state,
      @Nullable Integer versionInForce,
      Instant createdAt,
      @Field("the newest version") @Nullable JsonNode calendar) {}

  record CalendarDetailOut(
      @com.fasterxml.jackson.annotation.JsonUnwrapped CalendarOut stored,
      @Field("newest first") List<CalendarVersionOut> versions,
      @Field("that use it") List<TariffRefOut> tariffs) {}

  record TariffRefOut(long id, String name, int version) {}

  record RulingIn(
      @Field("approve, reject") String decision, @Field(maxLength = 500) @Nullable String note) {}

  record ManyRulingsIn(
      @Field("approve, reject") String decision,
      @Field(maxLength = 500) @Nullable String note,
      @Field(value = "ids of assignments", maxItems = 1_000) List<Long> assignments) {}

  record ProposalOut(
      @Field("tariff, calendar, assignment, ending") String kind,
      @Field("of the tariff, calendar, assignment or ending") long id,
      @Field("of the tariff or calendar") @Nullable Integer version,
      long operator,
      @Field("the tariff's id, of a calendar the calendar's") long of,
      String name,
      String author,
      Instant createdAt,
      @Nullable AssignmentOut assignment,
      @Field("send the decision there") String approval) {

    static ProposalOut of(Proposal proposal) {
      int version = proposal.subject().version();
      Assignment assignment = proposal.assignment();
      String path =
          switch (proposal.subject().kind()) {
            case TARIFF -> "/tariffs/" + proposal.of() + "/versions/" + version;
            case CALENDAR -> "/calendars/" + proposal.of() + "/versions/" + version;
            case ASSIGNMENT, ENDING ->
                "/tariffs/"
                    + proposal.of()
                    + "/assignments/"
                    + (assignment == null ? proposal.subject().id() : assignment.id());
          };
      return new ProposalOut(
          proposal.subject().kind().code(),
          proposal.subject().id(),
          version == 0 ? null : version,
          proposal.operatorId(),
          proposal.of(),
          proposal.name(),
          proposal.author().actor(),
          proposal.at(),
          assignment == null ? null : AssignmentOut.of(assignment),
          path + "/approval");
    }
  }

  record SettingsShape(
      @Field("whether new prices, calendars and assignments need a second person")
          Boolean approval) {}

  record CalendarRefOut(long id, int version, String name) {}

  record CandidateOut(
      long tariff,
      String name,
      @Field("the version that holds then") @Nullable Integer version,
      @Nullable CalendarRefOut calendar,
      AssignmentOut assignment,
      boolean wins,
      @Field(
              "wins, unreadable, lower_priority, less_specific, earlier, not_approved, rejected,"
                  + " not_yet_received, not_yet_valid, no_longer_valid, ended, tariff_not_valid,"
                  + " other_currency")
          String reason,
      @Field("the reason in words") String text) {}

  record AppliedOut(
      long id,
      String name,
      int version,
      @Nullable CalendarRefOut calendar,
      String textZh,
      String textEn) {}

  record ApplicableOut(
      String station,
      @Field("when the session begins") Instant at,
      @Field("when the server hears of it") Instant received,
      @Nullable Long driver,
      @Nullable Long group,
      @Field("null: nobody can charge there") @Nullable AppliedOut applies,
      @Field("all that name the place or driver, the strongest first")
          List<CandidateOut> candidates) {}

  record ReachedOut(String station, long site) {}

  record ReachOut(@Field("all of them") int count, List<ReachedOut> items, @Nullable String next) {}
}
