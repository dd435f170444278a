package org.ampay.web.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.Approvals.Kind;
import org.ampay.billing.catalog.Approvals.Outcome;
import org.ampay.billing.catalog.Approvals.Proposal;
import org.ampay.billing.catalog.Approvals.Ruling;
import org.ampay.billing.catalog.Approvals.Subject;
import org.ampay.billing.catalog.Author;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** What the pages of prices do alike: who acts, what the audit log gets, a second person's word. */
final class CatalogActs {

  private CatalogActs() {}

  static Author author(PageCall call) {
    return new Author(call.caller().actor(), call.caller().person());
  }

  static AuditEntry entry(PageCall call, String action, String subject, long id) {
    return AuditEntry.of(call.operatorId(), call.caller().actor(), action, subject + ":" + id);
  }

  /** The time in a field of the form, in the page's zone; null when it is empty. */
  static @Nullable Instant time(PageCall call, String field) {
    String text = call.form(field);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDateTime.parse(text).atZone(call.ui().place().zone()).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidInputException(field, "must be a time like 2026-01-31T12:00");
    }
  }

  /** {@code tariff:12:3}, {@code ending:4}: a subject as the forms name it. */
  static String word(Subject subject) {
    return subject.kind().code() + ":" + subject.id() + ":" + subject.version();
  }

  private static Optional<Subject> subject(String word) {
    if (!word.matches("(tariff|calendar|assignment|ending):[0-9]{1,18}:[0-9]{1,6}")) {
      return Optional.empty();
    }
    String[] parts = word.split(":", -1);
    return Optional.of(
        new Subject(
            Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
            Long.parseLong(parts[1]),
            Integer.parseInt(parts[2])));
  }

  /**
   * Approves or rejects what the form names.
   *
   * @return what was wrong, in the page's language; empty when it was done
   */
  static String decide(PageCall call, TariffCatalog catalog, AuditLog audit) {
    Ui ui = call.ui();
    boolean approve = call.form("verdict").equals("approve");
    List<Subject> subjects =
        call.formAll("subject").stream()
            .flatMap(word -> subject(word).stream())
            .limit(1_000)
            .toList();
    if (subjects.isEmpty() || !(approve || call.form("verdict").equals("reject"))) {
      return ui.t("tariff.decide_nothing");
    }
    try {
      Outcome outcome =
          catalog
              .approvals()
              .decide(
                  call.operatorId(),
                  subjects,
                  new Ruling(approve, call.form("note")),
                  author(call),
                  (tx, proposal) -> audit.append(tx, decided(call, proposal, approve)));
      return switch (outcome) {
        case Outcome.Done _ -> "";
        case Outcome.Unknown _ -> ui.t("tariff.decide_unknown");
        case Outcome.NotOpen _ -> ui.t("tariff.decide_late");
        case Outcome.OwnWork _ -> ui.t("tariff.decide_own");
      };
    } catch (InvalidInputException e) {
      return TariffComplaints.text(ui, e.reason());
    }
  }

  private static AuditEntry decided(PageCall call, Proposal proposal, boolean approve) {
    Subject subject = proposal.subject();
    String thing = subject.kind() == Kind.CALENDAR ? "calendar" : "tariff";
    AuditEntry entry =
        entry(call, thing + (approve ? ".approve" : ".reject"), thing, proposal.of())
            .with("name", proposal.name())
            .with("kind", subject.kind().code());
    return subject.version() == 0
        ? entry.with("id", subject.id())
        : entry.with("version", subject.version());
  }
}
