package org.ampay.web.api;

import static org.ampay.web.api.TariffCalls.checked;
import static org.ampay.web.api.TariffCalls.entry;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.Approval;
import org.ampay.billing.catalog.Approvals.Outcome;
import org.ampay.billing.catalog.Approvals.Proposal;
import org.ampay.billing.catalog.Approvals.Ruling;
import org.ampay.billing.catalog.Approvals.Subject;
import org.ampay.billing.catalog.Assignment;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.web.api.TariffShapes.ManyRulingsIn;
import org.ampay.web.api.TariffShapes.ProposalOut;
import org.ampay.web.api.TariffShapes.RulingIn;
import org.ampay.web.api.TariffShapes.SettingsShape;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls of the second person: what waits, and the decision about it. */
final class TariffApprovalsApi {

  private static final String WHO =
      "By another person than who made it; a key counts as its owner. Until it is approved nothing"
          + " of it holds.";

  private final TariffCatalog catalog;
  private final AuditLog audit;

  TariffApprovalsApi(TariffCatalog catalog, AuditLog audit) {
    this.catalog = catalog;
    this.audit = audit;
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/tariffs/settings", Permission.TARIFFS_READ, "Whether a second person is needed")
            .answers(200, SettingsShape.class)
            .by(this::settings),
        ApiRoute.put(
                "/tariffs/settings",
                Permission.TARIFFS_SETTINGS,
                "Says whether a second person is needed")
            .describe("For what is made from now on; what waits goes on waiting.")
            .takes(SettingsShape.class)
            .answers(200, SettingsShape.class)
            .by(this::setSettings),
        ApiRoute.get("/tariffs/approvals", Permission.TARIFFS_READ, "What waits for approval")
            .lists(ProposalOut.class)
            .by(this::open),
        ApiRoute.post(
                "/tariffs/{id}/versions/{version}/approval",
                Permission.TARIFFS_APPROVE,
                "Approves or rejects a version")
            .describe(WHO)
            .takes(RulingIn.class)
            .lists(ProposalOut.class)
            .by(
                call ->
                    ofTariff(
                        call,
                        stored -> List.of(Subject.tariff(stored.id(), TariffCalls.version(call))))),
        ApiRoute.post(
                "/tariffs/{id}/assignments/{assignment}/approval",
                Permission.TARIFFS_APPROVE,
                "Approves or rejects an assignment, or its end")
            .describe(WHO)
            .takes(RulingIn.class)
            .lists(ProposalOut.class)
            .by(
                call ->
                    ofTariff(call, stored -> waiting(stored, List.of(call.idParam("assignment"))))),
        ApiRoute.post(
                "/tariffs/{id}/assignments/approval",
                Permission.TARIFFS_APPROVE,
                "Approves or rejects assignments or their ends, all or none")
            .describe(WHO)
            .takes(ManyRulingsIn.class)
            .lists(ProposalOut.class)
            .by(this::manyAssignments),
        ApiRoute.post(
                "/calendars/{id}/versions/{version}/approval",
                Permission.TARIFFS_APPROVE,
                "Approves or rejects a version of a calendar")
            .describe(WHO)
            .takes(RulingIn.class)
            .lists(ProposalOut.class)
            .by(this::ofCalendar));
  }

  private Answer settings(ApiCall call) {
    return Answer.json(200, new SettingsShape(catalog.approvals().areNeeded(call.owner(null))));
  }

  private Answer setSettings(ApiCall call) {
    boolean needed = call.body(SettingsShape.class).approval();
    long operator = call.owner(null);
    catalog
        .approvals()
        .setNeeded(
            operator,
            needed,
            TariffCalls.author(call),
            tx ->
                audit.append(
                    tx,
                    entry(call, operator, "tariff.approval", "operator:" + operator)
                        .with("needed", needed)));
    return Answer.json(200, new SettingsShape(needed));
  }

  private Answer open(ApiCall call) {
    long skip = call.cursorId(0);
    List<Proposal> rows =
        catalog.approvals().open(call.scope().operatorId()).stream()
            .skip(skip)
            .limit(call.limit() + 1L)
            .toList();
    return Answer.json(200, call.page(rows, ProposalOut::of, last -> skip + call.limit()));
  }

  /** Finds what is meant of a tariff. */
  private interface Subjects {
    List<Subject> of(StoredTariff stored);
  }

  private Answer ofTariff(ApiCall call, Subjects subjects) {
    StoredTariff stored = TariffCalls.find(catalog, call);
    RulingIn in = call.body(RulingIn.class);
    return decide(call, stored.operatorId(), subjects.of(stored), ruling(in.decision(), in.note()));
  }

  private Answer manyAssignments(ApiCall call) {
    StoredTariff stored = TariffCalls.find(catalog, call);
    ManyRulingsIn in = call.body(ManyRulingsIn.class);
    List<Long> wanted = in.assignments().stream().distinct().toList();
    if (wanted.isEmpty()) {
      throw Problem.badField("assignments", "must not be empty").exception();
    }
    return decide(
        call, stored.operatorId(), waiting(stored, wanted), ruling(in.decision(), in.note()));
  }

  /** Of each assignment what waits: it, or else its end. */
  private List<Subject> waiting(StoredTariff stored, List<Long> ids) {
    List<Assignment> all = catalog.assignments(stored.operatorId(), stored.id());
    return ids.stream()
        .map(
            id ->
                all.stream()
                    .filter(a -> a.id() == id)
                    .findFirst()
                    .map(TariffApprovalsApi::waiting)
                    .orElseThrow(() -> Problem.notFound("there is no such assignment").exception()))
        .toList();
  }

  private static Subject waiting(Assignment assignment) {
    boolean itself = assignment.made().approval().state() == Approval.State.PROPOSED;
    Optional<Assignment.Ending> ending = assignment.proposedEnding();
    return itself || ending.isEmpty()
        ? Subject.assignment(assignment.id())
        : Subject.ending(ending.get().id());
  }

  private Answer ofCalendar(ApiCall call) {
    RulingIn in = call.body(RulingIn.class);
    return decide(
        call,
        call.scope().operatorId(),
        List.of(Subject.calendar(call.idParam("id"), TariffCalls.version(call))),
        ruling(in.decision(), in.note()));
  }

  private static Ruling ruling(String decision, @Nullable String note) {
    if (!decision.equals("approve") && !decision.equals("reject")) {
      throw Problem.badField("decision", "must be one of [approve, reject]").exception();
    }
    return checked(
        () -> new Ruling(decision.equals("approve"), Objects.requireNonNullElse(note, "")));
  }

  private Answer decide(
      ApiCall call, @Nullable Long operator, List<Subject> subjects, Ruling ruling) {
    Outcome outcome =
        catalog
            .approvals()
            .decide(
                operator,
                subjects,
                ruling,
                TariffCalls.author(call),
                (tx, proposal) -> audit.append(tx, decided(call, proposal, ruling)));
    return switch (outcome) {
      case Outcome.Done(List<Proposal> decided) ->
          Answer.json(200, new ListAnswer<>(decided.stream().map(ProposalOut::of).toList(), null));
      case Outcome.Unknown _ -> throw Problem.notFound("there is no such thing").exception();
      case Outcome.NotOpen(Subject subject) ->
          throw Problem.conflict(
                  "not-open", subject.kind().code() + " " + subject.id() + " waits for no approval")
              .exception();
      case Outcome.OwnWork(Subject subject) ->
          throw Problem.forbidden(
                  "another person than the author must decide on "
                      + subject.kind().code()
                      + " "
                      + subject.id())
              .exception();
    };
  }

  private static AuditEntry decided(ApiCall call, Proposal proposal, Ruling ruling) {
    String word = ruling.approve() ? "approve" : "reject";
    String thing =
        switch (proposal.subject().kind()) {
          case CALENDAR -> "calendar";
          case TARIFF, ASSIGNMENT, ENDING -> "tariff";
        };
    return entry(call, proposal.operatorId(), thing + "." + word, thing + ":" + proposal.of())
        .with("name", proposal.name())
        .with("kind", proposal.subject().kind().code())
        .with("id", proposal.subject().id())
        .with("version", proposal.subject().version())
        .with("author", proposal.author().actor())
        .with("note", ruling.note());
  }
}
