package org.ampay.web.console;

import java.util.List;
import java.util.Map;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.Approvals.Proposal;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.web.http.Answer;
import org.ampay.web.people.Permission;

/** What waits for a second person, and whether anything has to. */
public final class ApprovalPages {

  private final Pages pages;
  private final TariffCatalog catalog;
  private final TariffPlaces places;
  private final AuditLog audit;

  ApprovalPages(Pages pages, TariffCatalog catalog, TariffPlaces places, AuditLog audit) {
    this.pages = pages;
    this.catalog = catalog;
    this.places = places;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/tariffs/approvals", Permission.TARIFFS_READ, c -> page(c, 200, "")),
        ConsoleRoute.post("/tariffs/approvals", Permission.TARIFFS_APPROVE, this::decide),
        ConsoleRoute.post("/tariffs/approvals/setting", Permission.TARIFFS_SETTINGS, this::set));
  }

  /**
   * Something that waits.
   *
   * @param href the page where it can be looked at
   * @param target of an assignment; empty for versions
   */
  public record Row(Proposal proposal, String subject, String href, String target, boolean mine) {}

  private Answer page(PageCall call, int status, String error) {
    List<Row> rows =
        catalog.approvals().open(call.operatorId()).stream().map(p -> row(call, p)).toList();
    return pages.page(
        status,
        "tariff-approvals",
        call.ui(),
        Map.of(
            "rows",
            rows,
            "error",
            error,
            "needed",
            catalog.approvals().areNeeded(call.operatorId())));
  }

  private Row row(PageCall call, Proposal proposal) {
    var subject = proposal.subject();
    var assignment = proposal.assignment();
    String href =
        switch (subject.kind()) {
          case TARIFF -> "/tariffs/" + proposal.of() + "/difference?to=" + subject.version();
          case CALENDAR -> "/calendars/" + proposal.of() + "?version=" + subject.version();
          case ASSIGNMENT, ENDING -> "/tariffs/" + proposal.of();
        };
    return new Row(
        proposal,
        CatalogActs.word(subject),
        href,
        assignment == null
            ? ""
            : call.ui().word("level", assignment.level().code())
                + " "
                + places.name(call, assignment.level(), assignment.targetId()),
        call.caller().person().equals(proposal.author().person()));
  }

  private Answer decide(PageCall call) {
    String error = CatalogActs.decide(call, catalog, audit);
    return error.isEmpty() ? Answer.seeOther("/tariffs/approvals") : page(call, 409, error);
  }

  private Answer set(PageCall call) {
    boolean needed = call.form("needed").equals("true");
    catalog
        .approvals()
        .setNeeded(
            call.operatorId(),
            needed,
            CatalogActs.author(call),
            tx ->
                audit.append(
                    tx,
                    CatalogActs.entry(call, "tariff.approval", "operator", call.operatorId())
                        .with("needed", needed)));
    return Answer.seeOther("/tariffs/approvals");
  }
}
