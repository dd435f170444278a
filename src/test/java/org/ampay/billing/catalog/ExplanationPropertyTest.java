package org.ampay.billing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ampay.billing.catalog.TariffPicture.Shelf;
import org.ampay.tariff.TariffQuery;

/** The tariff of a session and the explanation of it, on random catalogs, against a naive rule. */
class ExplanationPropertyTest {

  private static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Author SOMEBODY = Author.of("user:a");

  /** A catalog in which everything happens within ten hours, so that times collide. */
  private static final class RandomCatalog {
    final Random random;
    final Map<Long, Shelf<TariffVersion>> tariffs = new HashMap<>();
    final List<Assignment> assignments = new ArrayList<>();

    RandomCatalog(long seed) {
      random = new Random(seed);
      int count = 1 + random.nextInt(4);
      for (long id = 1; id <= count; id++) {
        tariffs.put(id, new Shelf<>(1, versions(id)));
      }
      int places = random.nextInt(9);
      for (int i = 1; i <= places; i++) {
        assignments.add(assignment(i, 1 + random.nextInt(count)));
      }
    }

    Instant time() {
      return BASE.plusSeconds(3600L * random.nextInt(10));
    }

    Made made() {
      Approval approval =
          switch (random.nextInt(6)) {
            case 0 -> new Approval(true, null);
            case 1 -> new Approval(true, new Approval.Decision(false, "user:b", time(), ""));
            case 2 -> new Approval(true, new Approval.Decision(true, "user:b", time(), ""));
            default -> Approval.NOT_NEEDED;
          };
      return new Made(SOMEBODY, time(), approval);
    }

    List<TariffVersion> versions(long id) {
      List<TariffVersion> versions = new ArrayList<>();
      int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3);
      String currency = random.nextInt(6) == 0 ? "EUR" : "CNY";
      for (int version = 1; version <= count; version++) {
        Instant from = random.nextBoolean() ? null : time();
        versions.add(
            new TariffVersion(id, version, 1, CatalogWorld.tariff(currency, "1"), from, made()));
      }
      return versions;
    }

    Assignment assignment(long id, long tariff) {
      TariffLevel level = TariffLevel.values()[random.nextInt(TariffLevel.values().length)];
      Instant from = time();
      Instant to = random.nextInt(3) == 0 ? from.plusSeconds(3600L * random.nextInt(4)) : null;
      List<Assignment.Ending> endings =
          random.nextInt(4) == 0 ? List.of(new Assignment.Ending(id, time(), made())) : List.of();
      long operator = level == TariffLevel.PLATFORM ? 0 : 1 + (random.nextInt(8) == 0 ? 1 : 0);
      long target = level == TariffLevel.PLATFORM ? 0 : 1 + (random.nextInt(5) == 0 ? 1 : 0);
      return new Assignment(
          id, operator, tariff, level, target, random.nextInt(2), from, to, made(), endings);
    }

    TariffQuery query() {
      Optional<Long> driver = random.nextBoolean() ? Optional.of(1L) : Optional.empty();
      Optional<Long> group = random.nextBoolean() ? Optional.of(1L) : Optional.empty();
      return new TariffQuery(1, 1, 1, group, time(), time(), ZoneOffset.UTC).with(driver, "CNY");
    }
  }

  @Property(tries = 20_000)
  void tariffAndExplanation_areOfOneMind_andFollowTheRule(@ForAll long seed) {
    RandomCatalog any = new RandomCatalog(seed);
    TariffPicture picture =
        new TariffPicture(
            new TariffStore.Revision(1, 1),
            any.tariffs,
            Map.of(),
            TariffPicture.byTarget(any.assignments));
    TariffQuery query = any.query();
    Optional<TariffPicture.Chosen> chosen = picture.resolve(query);
    Explanation explanation = picture.explain(query);

    assertThat(explanation.winner().map(Candidate::version))
        .isEqualTo(chosen.map(TariffPicture.Chosen::version));
    Assignment best = naive(any, query);
    assertThat(
            explanation.candidates().stream()
                .filter(c -> c.reason() == Reason.WINS || c.reason() == Reason.UNREADABLE)
                .map(Candidate::assignment)
                .findFirst())
        .isEqualTo(Optional.ofNullable(best));
    if (best != null) {
      assertThat(chosen.map(TariffPicture.Chosen::version))
          .isEqualTo(naiveVersion(any, best.tariffId(), query));
    }
    for (Candidate candidate : explanation.candidates()) {
      checkReason(any, candidate, best, query);
    }
    assertThat(explanation.candidates())
        .hasSize((int) any.assignments.stream().filter(a -> names(a, query)).count());
  }

  private static void checkReason(
      RandomCatalog any, Candidate candidate, Assignment best, TariffQuery query) {
    Assignment one = candidate.assignment();
    boolean stands = stands(any, one, query);
    switch (candidate.reason()) {
      case WINS, UNREADABLE -> assertThat(one).isEqualTo(best);
      case LOWER_PRIORITY -> {
        assertThat(stands).isTrue();
        assertThat(one.priority()).isLessThan(best.priority());
      }
      case LESS_SPECIFIC -> {
        assertThat(stands).isTrue();
        assertThat(one.priority()).isEqualTo(best.priority());
        assertThat(one.level()).isGreaterThan(best.level());
      }
      case EARLIER -> {
        assertThat(stands).isTrue();
        assertThat(one.level()).isEqualTo(best.level());
        assertThat(one.validFrom()).isBeforeOrEqualTo(best.validFrom());
      }
      case NOT_APPROVED,
          REJECTED,
          NOT_YET_RECEIVED,
          NOT_YET_VALID,
          NO_LONGER_VALID,
          ENDED,
          TARIFF_NOT_VALID,
          OTHER_CURRENCY ->
          assertThat(stands).isFalse();
    }
  }

  /** The rule as the documentation has it, one assignment after the other. */
  private static Assignment naive(RandomCatalog any, TariffQuery query) {
    Assignment best = null;
    for (Assignment one : any.assignments) {
      if (names(one, query) && stands(any, one, query) && (best == null || beats(one, best))) {
        best = one;
      }
    }
    return best;
  }

  private static boolean beats(Assignment one, Assignment other) {
    if (one.priority() != other.priority()) {
      return one.priority() > other.priority();
    }
    if (one.level() != other.level()) {
      return one.level().ordinal() < other.level().ordinal();
    }
    if (!one.validFrom().equals(other.validFrom())) {
      return one.validFrom().isAfter(other.validFrom());
    }
    if (!one.createdAt().equals(other.createdAt())) {
      return one.createdAt().isAfter(other.createdAt());
    }
    return one.id() > other.id();
  }

  private static boolean names(Assignment one, TariffQuery query) {
    if (one.operatorId() != 0 && one.operatorId() != 1) {
      return false;
    }
    return switch (one.level()) {
      case DRIVER, PARTNER -> query.driverId().isPresent() && one.targetId() == 1;
      case GROUP -> query.driverGroupId().isPresent() && one.targetId() == 1;
      case STATION, SITE, OPERATOR -> one.targetId() == 1;
      case PLATFORM -> true;
    };
  }

  private static boolean stands(RandomCatalog any, Assignment one, TariffQuery query) {
    Instant start = query.startAt();
    if (!known(one.made(), query) || start.isBefore(one.validFrom())) {
      return false;
    }
    if (one.validTo() != null && start.compareTo(one.validTo()) >= 0) {
      return false;
    }
    for (Assignment.Ending ending : one.endings()) {
      if (known(ending.made(), query) && start.compareTo(ending.endsAt()) >= 0) {
        return false;
      }
    }
    if (any.tariffs.get(one.tariffId()).versions().isEmpty()) {
      return true; // cannot be read: nobody may charge by another
    }
    Optional<TariffVersion> version = naiveVersion(any, one.tariffId(), query);
    return version.isPresent() && version.get().tariff().currency().equals("CNY");
  }

  private static boolean known(Made made, TariffQuery query) {
    Approval.Decision decision = made.approval().decision();
    if (made.approval().needed()) {
      return decision != null
          && decision.approved()
          && decision.at().compareTo(query.receivedAt()) <= 0;
    }
    return made.at().compareTo(query.receivedAt()) <= 0;
  }

  private static Optional<TariffVersion> naiveVersion(
      RandomCatalog any, long tariff, TariffQuery query) {
    TariffVersion best = null;
    for (TariffVersion one : any.tariffs.get(tariff).versions()) {
      boolean holds =
          known(one.made(), query)
              && (one.validFrom() == null || !query.startAt().isBefore(one.validFrom()));
      if (holds && (best == null || !from(one).isBefore(from(best)))) {
        best = one; // they come in the order of their numbers
      }
    }
    return Optional.ofNullable(best);
  }

  private static Instant from(TariffVersion version) {
    return version.validFrom() == null ? version.made().at() : version.validFrom();
  }
}
