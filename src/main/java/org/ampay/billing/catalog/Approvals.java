package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * The second person. Where an operator (or the platform, for what is its own) wants it, new prices,
 * calendars, assignments and their ends wait until somebody else than their author agrees; until
 * then nothing of them holds.
 */
public final class Approvals {

  private static final int MAX_NOTE = 500;
  private static final int MAX_LIST = 5_000;

  private final Catalog catalog;
  private final ProposalStore store = new ProposalStore();

  Approvals(Catalog catalog) {
    this.catalog = catalog;
  }

  /** What may wait for approval. */
  public enum Kind {
    TARIFF,
    CALENDAR,
    ASSIGNMENT,
    ENDING;

    /** As in the database and the API: {@code tariff}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One thing that may wait.
   *
   * @param id of the tariff, calendar, assignment or ending
   * @param version of the tariff or calendar, else 0
   */
  public record Subject(Kind kind, long id, int version) {

    public static Subject tariff(long id, int version) {
      return new Subject(Kind.TARIFF, id, version);
    }

    public static Subject calendar(long id, int version) {
      return new Subject(Kind.CALENDAR, id, version);
    }

    public static Subject assignment(long id) {
      return new Subject(Kind.ASSIGNMENT, id, 0);
    }

    public static Subject ending(long id) {
      return new Subject(Kind.ENDING, id, 0);
    }
  }

  /**
   * Something that waits.
   *
   * @param of the tariff's id, of a calendar the calendar's
   * @param name of that
   * @param assignment null for versions
   */
  public record Proposal(
      Subject subject,
      long operatorId,
      long of,
      String name,
      @Nullable Assignment assignment,
      Author author,
      Instant at) {}

  /** What a person says. */
  public record Ruling(boolean approve, String note) {

    /**
     * Checks itself.
     *
     * @throws org.ampay.tariff.InvalidInputException when the note is too long
     */
    public Ruling {
      Catalog.require(
          note.length() <= MAX_NOTE, "note", "must have at most " + MAX_NOTE + " characters");
    }
  }

  /** How an attempt to decide ended. */
  public sealed interface Outcome {

    /** All of them were decided. */
    record Done(List<Proposal> decided) implements Outcome {
      public Done {
        decided = List.copyOf(decided);
      }
    }

    /** The operator has no such thing. */
    record Unknown(Subject subject) implements Outcome {}

    /** It needs no approval, or somebody decided before. Nothing was done. */
    record NotOpen(Subject subject) implements Outcome {}

    /** Who made it may not decide on it. Nothing was done. */
    record OwnWork(Subject subject) implements Outcome {}
  }

  /** Whether new things of an operator (0: of the platform) need a second person. */
  public boolean areNeeded(long operatorId) {
    return catalog.read(tx -> catalog.decisions.isNeeded(tx, operatorId));
  }

  /**
   * Says whether a second person is needed from now on. What waits already goes on waiting.
   *
   * @param alongside as for {@link TariffVersions#create}
   */
  public void setNeeded(long operatorId, boolean needed, Author author, Consumer<Tx> alongside) {
    catalog.write(
        tx -> {
          catalog.decisions.setNeeded(tx, operatorId, needed, author.actor(), catalog.now());
          alongside.accept(tx);
          return needed;
        });
  }

  /** What waits, oldest first; {@code operatorId} null: of all operators. */
  public List<Proposal> open(@Nullable Long operatorId) {
    return catalog.read(
        tx -> {
          List<Proposal> all = new ArrayList<>();
          for (Kind kind : Kind.values()) {
            all.addAll(proposals(tx, store.open(tx, kind, operatorId, MAX_LIST)));
          }
          all.sort(Comparator.comparing(Proposal::at).thenComparing(p -> p.subject().id()));
          return all;
        });
  }

  private List<Proposal> proposals(Tx tx, List<ProposalStore.Row> rows) {
    List<Long> ids = new ArrayList<>();
    rows.forEach(row -> row.assignmentId().ifPresent(ids::add));
    Map<Long, Assignment> assignments = new HashMap<>();
    if (!ids.isEmpty()) {
      catalog.assignments.byIds(tx, ids).forEach(a -> assignments.put(a.id(), a));
    }
    return rows.stream()
        .map(
            row ->
                new Proposal(
                    row.subject(),
                    row.operatorId(),
                    row.of(),
                    row.name(),
                    row.assignmentId().map(assignments::get).orElse(null),
                    row.author(),
                    row.at()))
        .toList();
  }

  /**
   * Approves or rejects, all of them or none.
   *
   * @param operatorId null: of any operator
   * @param author must be another person than who made any of them
   * @param alongside called for each, last in the transaction
   */
  public Outcome decide(
      @Nullable Long operatorId,
      List<Subject> subjects,
      Ruling ruling,
      Author author,
      BiConsumer<Tx, Proposal> alongside) {
    try {
      return catalog.write(tx -> decide(tx, operatorId, subjects, ruling, author, alongside));
    } catch (StoreException.DuplicateKey e) {
      return new Outcome.NotOpen(subjects.getFirst()); // somebody was faster
    }
  }

  private Outcome decide(
      Tx tx,
      @Nullable Long operatorId,
      List<Subject> subjects,
      Ruling ruling,
      Author author,
      BiConsumer<Tx, Proposal> alongside) {
    List<Proposal> found = new ArrayList<>();
    for (Subject subject : subjects) {
      Optional<ProposalStore.Row> row = store.find(tx, subject, operatorId);
      if (row.isEmpty()) {
        return new Outcome.Unknown(subject);
      }
      if (!row.get().open()) {
        return new Outcome.NotOpen(subject);
      }
      if (row.get().author().person().equals(author.person())) {
        return new Outcome.OwnWork(subject);
      }
      found.addAll(proposals(tx, List.of(row.get())));
    }
    Approval.Decision decision =
        new Approval.Decision(ruling.approve(), author.actor(), catalog.now(), ruling.note());
    for (Proposal proposal : found) {
      catalog.decisions.insert(tx, proposal.subject(), proposal.operatorId(), decision);
      touch(tx, proposal);
      alongside.accept(tx, proposal);
    }
    return new Outcome.Done(found);
  }

  private void touch(Tx tx, Proposal proposal) {
    switch (proposal.subject().kind()) {
      case TARIFF -> catalog.tariffs.touch(tx, proposal.of());
      case CALENDAR -> catalog.calendars.touch(tx, proposal.of());
      case ASSIGNMENT, ENDING -> catalog.tariffs.countAssignments(tx);
    }
  }
}
