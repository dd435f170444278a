package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.ampay.billing.catalog.AssignmentJson.Placed;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Says where tariffs hold, and ends that. Nothing is ever edited. */
public final class TariffAssignments {

  private static final int MAX_ENDINGS = 20;

  private final Catalog catalog;

  TariffAssignments(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Assigns a tariff to all of the targets, or to none.
   *
   * @param operatorId whose tariff; 0: of the platform
   * @param wishes 1 to {@link AssignmentJson#MAX_TARGETS}
   * @param alongside as for {@link TariffVersions#create}, called once
   * @return one for each wish, in their order; empty when the operator has no such tariff
   * @throws InvalidInputException naming the path of a target that is not the operator's, or has
   *     another currency
   */
  public Optional<List<Assignment>> assign(
      long operatorId,
      long tariffId,
      List<Placed> wishes,
      Author author,
      BiConsumer<Tx, List<Assignment>> alongside) {
    return catalog.write(
        tx ->
            catalog
                .tariffs
                .find(tx, operatorId, tariffId, false)
                .map(
                    tariff -> {
                      check(tx, tariff, wishes);
                      Made made = catalog.made(tx, operatorId, author);
                      List<Assignment> all =
                          wishes.stream().map(placed -> assignment(tariff, placed, made)).toList();
                      catalog.tariffs.countAssignments(tx);
                      catalog.assignments.insert(tx, all);
                      alongside.accept(tx, all);
                      return all;
                    }));
  }

  private Assignment assignment(StoredTariff tariff, Placed placed, Made made) {
    NewAssignment wish = placed.wish();
    Instant from =
        Objects.requireNonNull(
            Times.millis(Objects.requireNonNullElse(wish.validFrom(), made.at())));
    Instant to = Times.millis(wish.validTo());
    Catalog.require(to == null || to.isAfter(from), "valid_to", "must be after valid_from");
    return new Assignment(
        catalog.nextId(),
        tariff.operatorId(),
        tariff.id(),
        wish.level(),
        wish.targetId(),
        wish.priority(),
        from,
        to,
        made,
        List.of());
  }

  private void check(Tx tx, StoredTariff tariff, List<Placed> wishes) {
    Map<TariffLevel, Set<Long>> owned = owned(tx, tariff, wishes);
    Optional<String> currency = catalog.assignments.currency(tx, tariff.operatorId());
    for (Placed placed : wishes) {
      NewAssignment wish = placed.wish();
      if (wish.level() == TariffLevel.PLATFORM) {
        Catalog.require(
            tariff.operatorId() == 0, placed.path(), "only the platform's tariffs hold everywhere");
        continue;
      }
      Catalog.require(
          currency.isPresent()
              && owned.getOrDefault(wish.level(), Set.of()).contains(wish.targetId()),
          placed.path(),
          "there is none with that id");
      Catalog.require(
          currency.filter(tariff.currency()::equals).isPresent(),
          placed.path(),
          "is paid in " + currency.orElse("") + ", the tariff is in " + tariff.currency());
    }
  }

  private Map<TariffLevel, Set<Long>> owned(Tx tx, StoredTariff tariff, List<Placed> wishes) {
    Map<TariffLevel, Set<Long>> named = new EnumMap<>(TariffLevel.class);
    for (Placed placed : wishes) {
      named
          .computeIfAbsent(placed.wish().level(), level -> new HashSet<>())
          .add(placed.wish().targetId());
    }
    Map<TariffLevel, Set<Long>> owned = new EnumMap<>(TariffLevel.class);
    named.forEach(
        (level, ids) ->
            owned.put(level, catalog.assignments.owned(tx, tariff.operatorId(), level, ids)));
    return owned;
  }

  /**
   * Ends an assignment: a new fact, the old one stays.
   *
   * @param operatorId null: of any operator
   * @param endsAt sessions that begin at or after it are not covered any more; null: now; not in
   *     the past
   * @param alongside as for {@link TariffVersions#create}
   * @return with the ending in it; empty when the tariff has no such assignment
   * @throws InvalidInputException naming the field
   */
  public Optional<Assignment> end(
      @Nullable Long operatorId,
      long tariffId,
      long assignmentId,
      @Nullable Instant endsAt,
      Author author,
      BiConsumer<Tx, Assignment> alongside) {
    NewAssignment.checkTime("at", endsAt);
    return catalog.write(
        tx ->
            catalog
                .tariffs
                .find(tx, operatorId, tariffId, true)
                .flatMap(tariff -> find(tx, tariff, assignmentId))
                .map(
                    assignment -> {
                      Made made = catalog.made(tx, assignment.operatorId(), author);
                      Instant at = Times.millis(Objects.requireNonNullElse(endsAt, made.at()));
                      Assignment ended = ended(assignment, Objects.requireNonNull(at), made);
                      catalog.tariffs.countAssignments(tx);
                      catalog.assignments.insert(tx, ended, ended.endings().getLast());
                      alongside.accept(tx, ended);
                      return ended;
                    }));
  }

  private Optional<Assignment> find(Tx tx, StoredTariff tariff, long assignmentId) {
    return catalog.assignments.byIds(tx, List.of(assignmentId)).stream()
        .filter(assignment -> assignment.tariffId() == tariff.id())
        .findFirst();
  }

  private Assignment ended(Assignment old, Instant at, Made made) {
    Catalog.require(!at.isBefore(made.at()), "at", "must not lie in the past");
    Catalog.require(old.made().since().isPresent(), "", "is not approved; there is nothing to end");
    Catalog.require(
        old.endsAt().filter(end -> !end.isAfter(at)).isEmpty(), "", "ends before that already");
    Catalog.require(old.proposedEnding().isEmpty(), "", "has an end that waits for approval");
    Catalog.require(
        old.endings().size() < MAX_ENDINGS, "", "was ended " + MAX_ENDINGS + " times already");
    List<Assignment.Ending> endings = new ArrayList<>(old.endings());
    endings.add(new Assignment.Ending(catalog.nextId(), at, made));
    return new Assignment(
        old.id(),
        old.operatorId(),
        old.tariffId(),
        old.level(),
        old.targetId(),
        old.priority(),
        old.validFrom(),
        old.validTo(),
        old.made(),
        endings);
  }

  /** Where a tariff was assigned, newest first; empty when the operator has no such tariff. */
  public List<Assignment> of(@Nullable Long operatorId, long tariffId) {
    return of(operatorId, tariffId, Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** A page of {@link #of(Long, long)}: those with an id below {@code beforeId}. */
  public List<Assignment> of(@Nullable Long operatorId, long tariffId, long beforeId, int limit) {
    return catalog.read(
        tx ->
            catalog.tariffs.find(tx, operatorId, tariffId, false).isEmpty()
                ? List.<Assignment>of()
                : catalog.assignments.of(tx, tariffId, beforeId, limit));
  }
}
